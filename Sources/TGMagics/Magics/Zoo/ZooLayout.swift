/// What a zoo's files are, for `%help zoo`.
package enum ZooLayout {
    package static let text = """
        A zoo's folder holds tables. Only the first is needed; headers may have any case and their usual other names, and
        every column that is not named here is kept with its type: %models --columns shows it, --where and %%sql ask of it.

        records.csv       model,dataset,score: a row for each result (or results.csv, or the folder's only table).
                          Also metric, higher_is_better, scale (fraction, percent, as-written), split, config, runs.
                          Rows of one model and dataset are runs: their mean is the result (--runs).
                          A wide table will do: a row per model and a column per dataset, or the other way round.
        models.csv        model, aliases; parameters, family, architecture, input_size, output_size, memory, labels,
                          pretraining_dataset (several with ; between), pretraining_accuracy. The methods learn from them,
                          the graph links a model to the data it was pre-trained on.
        datasets.csv      dataset, aliases; size, classes (the methods learn from them), metric, higher_is_better, scale (what its
                          results are), task, description.
        scores.csv        model,dataset,method,value: transferability scores, such as LogME, on the target.
        similarity.csv    dataset_a,dataset_b,distance, or a square matrix: how far datasets are apart.
        lineage.csv       model,parent,relation,source: which model was made from which (finetune, adapter, merge,
                          quantized, converted).
        embeddings.npy    a row per dataset, its names in embeddings.txt: distances where similarity.csv gives none.
        text.npy          vectors of names and descriptions, whose they are in text.txt: what %zoo describe makes.
        about.txt         where it is from: lines that %zoo info shows.
        measurements.csv  what was read before the choice, as %zoo save writes it: for %%sql, it makes no results.
        columns.csv       table,column,type (number, category, text, set): the types, where they are to be kept.

        Tables are CSV, TSV, with semicolons or pipes, Markdown, JSON Lines or a JSON array, plain or packed by gzip or zstd.
        %zoo load results.csv models.csv takes them one by one.
        A metric's name tells direction and scale: of wer, rmse or test error the lower is better. Example:

        model,dataset,wer
        whisper-base,librispeech,0.05
        """
}
