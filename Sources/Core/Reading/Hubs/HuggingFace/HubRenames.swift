/// Models and datasets that the hub gave an owner after many cards had named them without: one thing under two names.
enum HubRenames {
    /// Tells the facts which of their names mean one model or dataset; the shorter name is kept.
    static func tell(to facts: inout Facts) {
        for (owner, names) in models {
            for name in names { tell(.model, name, owner, to: &facts) }
        }
        for (owner, names) in datasets {
            for name in names { tell(.dataset, name, owner, to: &facts) }
        }
    }

    private static func tell(_ subject: Facts.Subject, _ name: String, _ owner: String, to facts: inout Facts) {
        guard facts.names.find(name) != nil, facts.names.find("\(owner)/\(name)") != nil else { return }
        facts.alias(subject, "\(owner)/\(name)", of: name)
    }

    private static let models: KeyValuePairs<String, [String]> = [
        "google-bert": [
            "bert-base-uncased", "bert-base-cased", "bert-large-uncased", "bert-large-cased",
            "bert-base-multilingual-cased",
            "bert-base-multilingual-uncased", "bert-base-chinese", "bert-base-german-cased",
            "bert-large-uncased-whole-word-masking", "bert-large-cased-whole-word-masking",
        ],
        "distilbert": [
            "distilbert-base-uncased", "distilbert-base-cased", "distilbert-base-multilingual-cased", "distilgpt2",
            "distilroberta-base", "distilbert-base-german-cased",
            "distilbert-base-uncased-finetuned-sst-2-english", "distilbert-base-cased-distilled-squad",
            "distilbert-base-uncased-distilled-squad",
        ],
        "FacebookAI": [
            "roberta-base", "roberta-large", "roberta-large-mnli", "xlm-roberta-base", "xlm-roberta-large",
            "xlm-mlm-en-2048", "xlm-clm-ende-1024",
        ],
        "openai-community": ["gpt2", "gpt2-medium", "gpt2-large", "gpt2-xl", "openai-gpt"],
        "google-t5": ["t5-small", "t5-base", "t5-large", "t5-3b", "t5-11b"],
        "albert": [
            "albert-base-v1", "albert-base-v2", "albert-large-v1", "albert-large-v2", "albert-xlarge-v1",
            "albert-xlarge-v2",
            "albert-xxlarge-v1", "albert-xxlarge-v2",
        ],
        "xlnet": ["xlnet-base-cased", "xlnet-large-cased"],
        "almanach": ["camembert-base"],
        "transfo-xl": ["transfo-xl-wt103"],
    ]

    private static let datasets: KeyValuePairs<String, [String]> = [
        "nyu-mll": ["glue", "multi_nli"], "aps": ["super_glue"], "stanfordnlp": ["imdb", "snli", "sst2"],
        "dair-ai": ["emotion"], "rajpurkar": ["squad", "squad_v2"], "eriktks": ["conll2003", "conll2002"],
        "abisee": ["cnn_dailymail"], "EdinburghNLP": ["xsum"], "Samsung": ["samsum"], "FiscalNote": ["billsum"],
        "cardiffnlp": ["tweet_eval"], "unimelb-nlp": ["wikiann"], "google": ["xtreme", "fleurs"],
        "PolyAI": ["banking77"],
        "clinc": ["clinc_oos"], "cornell-movie-review-data": ["rotten_tomatoes"],
        "fancyzhx": ["ag_news", "dbpedia_14"],
        "ethz": ["food101"], "uoft-cs": ["cifar10", "cifar100"], "ylecun": ["mnist"], "openslr": ["librispeech_asr"],
        "facebook": ["xnli", "voxpopuli"], "Yelp": ["yelp_review_full"],
        "legacy-datasets": ["common_voice", "wikipedia"],
        "mozilla-foundation": [
            "common_voice_1_0", "common_voice_6_0", "common_voice_6_1", "common_voice_7_0", "common_voice_8_0",
            "common_voice_9_0", "common_voice_10_0", "common_voice_11_0",
        ],
    ]
}
