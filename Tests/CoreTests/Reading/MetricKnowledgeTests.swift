import Testing
import TransferGraphCore

/// What a metric's name tells.
struct MetricKnowledgeTests {
    @Test(arguments: [
        "wer", "WER", "cer", "ter", "mer", "loss", "perplexity", "mse", "RMSE", "mae", "eer", "der", "epe",
        "per_image_epe",
        "fl_all", "absrel", "test error", "top-1 error", "top1_err", "val_loss", "logloss", "log_loss", "metric_error",
        "Test perplexity", "Word Error Rate", "meanSquaredError", "valLoss", "neg_accuracy", "negative log likelihood",
        "WER ↓", "accuracy loss", "brier score", "F1 error", "100 - accuracy", "100-Acc", "1 - F1", "bits/dim",
        "PA-MPJPE",
        "log-average miss rate", "MSLE", "FVD", "NIQE", "NME", "edit distance", "inference time", "toxicity",
        "hallucination rate", "Hallucination %", "Toxic fraction", "FPR@TPR95", "WER (lower)",
    ])
    func lowerIsBetter(name: String) { #expect(MetricKnowledge.higherIsBetter(name) == false) }

    @Test(arguments: [
        "accuracy", "Accuracy", "acc", "acc@1", "Top-1 Accuracy", "f1", "F1 macro", "auc", "AUROC", "precision",
        "recall",
        "bleu", "rougeL", "ROUGE-1", "matthews_correlation", "spearmanr", "cosine_spearman", "ndcg_at_10", "v_measure",
        "box_map", "miou", "exact_match", "neg_log_loss", "neg_mean_squared_error", "% Test Accuracy", "Pass@1",
        "mean_reward", "mAP", "main_score", "log_likelihood", "r2", "error-corrected accuracy",
        "Mean Reciprocal Rank (MRR)", "reciprocal_rank", "mean reciprocal rank", "TPR@FPR=0.001", "TPR @ 0.1% FPR",
        "TPR at FPR 1e-4", "AUPR-Error", "AP-Error", "error-free rate", "-RMSE", "1/PPL", "Rank-1", "mAP@0.5",
        "Acc (higher)", "% Resolved",
    ])
    func higherIsBetter(name: String) { #expect(MetricKnowledge.higherIsBetter(name) == true) }

    @Test(arguments: ["score", "terror", "closs", "result", "perf", "mserx", "value 2", "quality"])
    func aNameThatTellsNothingTellsNothing(name: String) {
        // `score` is a word of higher metrics, as in `f1 score`.
        if name != "score" { #expect(MetricKnowledge.higherIsBetter(name) == nil) }
    }

    /// Errors by names that datasets have as well: where a metric is named, and in no header.
    @Test(arguments: ["L1", "FP", "FN", "ACE", "IDs"])
    func shortNamesOfErrorsAreThatOfMetricsOnly(name: String) throws {
        #expect(MetricKnowledge.higherIsBetter(name) == false && !MetricKnowledge.isKnown(name))
        let named = try TableCase.zoo("model,dataset,metric,score\na,x,\(name),12\nb,x,\(name),8\n")
        #expect(try TableCase.metric(named, "x").higherIsBetter == false)
        let header = try TableCase.zoo("model,\(name),pets,cars\na,60,90,80\nb,61,91,81\n")
        #expect(try TableCase.metric(header, name).higherIsBetter)
    }

    @Test(arguments: ["D1-all", "SILog", "ID switches", "IDSW", "False Positives", "MOTA", "HOTA"])
    func metricsOfFurtherFieldsAreKnown(name: String) {
        #expect(MetricKnowledge.isKnown(name))
        #expect(MetricKnowledge.higherIsBetter(name) == ["MOTA", "HOTA"].contains(name))
    }

    /// Good for who attacks and bad for what is attacked.
    @Test func theSuccessOfAttacksTellsNoDirection() throws {
        #expect(MetricKnowledge.higherIsBetter("attack success rate") == nil)
        #expect(MetricKnowledge.higherIsBetter("Attack Success Rate (lower is better)") == false)
        #expect(MetricKnowledge.higherIsBetter("success rate") == true)
        let zoo = try TableCase.zoo("model,dataset,Attack success rate\na,x,12\nb,x,8\n")
        #expect(try TableCase.metric(zoo, "x").directionSource == .assumed)
    }

    @Test func spellingsOfOneMetricAreOne() {
        for name in ["Accuracy", "acc", "ACC", "top-1 accuracy", "acc@1", "eval_accuracy", "Top1", "test_accuracy"] {
            #expect(MetricKnowledge.canonical(name) == "accuracy", "\(name)")
        }
        for name in ["rougeL", "ROUGE-L", "rouge_l", "RougeL"] {
            #expect(MetricKnowledge.canonical(name) == "rougel", "\(name)")
        }
        #expect(MetricKnowledge.canonical("f1_macro") != MetricKnowledge.canonical("f1"))
        #expect(MetricKnowledge.canonical("Val Accuracy") != "accuracy")
    }

    @Test func boundedMetricsAreKnown() {
        for name in ["accuracy", "f1", "wer", "cer", "precision", "top1_err", "bleu", "rouge1", "F1 macro", "hits@5"] {
            #expect(MetricKnowledge.isBounded(name), "\(name)")
        }
        for name in ["rmse", "perplexity", "loss", "mean_reward", "score", "accuracy loss", "latency"] {
            #expect(!MetricKnowledge.isBounded(name), "\(name)")
        }
    }

    @Test func theBenchmarksOwnMetricComesFirst() {
        #expect(
            MetricKnowledge.preferred(dataset: "glue/cola", task: "text-classification")[1] == "matthews_correlation")
        #expect(MetricKnowledge.preferred(dataset: "squad_v2", task: nil)[1] == "f1")
        #expect(MetricKnowledge.preferred(dataset: "conll2003", task: "token-classification")[1] == "f1")
        #expect(MetricKnowledge.preferred(dataset: "common_voice", task: "automatic-speech-recognition")[1] == "wer")
        #expect(MetricKnowledge.preferred(dataset: "xsum", task: "summarization")[1] == "rougel")
        #expect(MetricKnowledge.preferred(dataset: "emotion", task: "text-classification")[1] == "accuracy")
        #expect(MetricKnowledge.preferred(dataset: "emotion", task: nil).contains("accuracy"))
    }
}
