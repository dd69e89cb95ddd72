/// What is known of metrics by name: spellings, directions, scales, and which one stands for a task.
extension MetricKnowledge {
    static let prefixes: Set<String> = ["eval", "evaluation", "test", "final"]

    static let synonyms: [String: String] = [
        "acc": "accuracy", "top1": "accuracy", "top_1": "accuracy", "acc1": "accuracy", "acc_1": "accuracy",
        "top1_acc": "accuracy", "top1_accuracy": "accuracy", "top_1_acc": "accuracy", "top_1_accuracy": "accuracy",
        "accuracy_top_1": "accuracy", "accuracy_top1": "accuracy", "classification_accuracy": "accuracy",
        "percentage_correct": "accuracy", "accuracy_1": "accuracy", "precision_1": "accuracy",
        "overall_accuracy": "accuracy",
        "top5": "top5_accuracy", "top_5": "top5_accuracy", "acc5": "top5_accuracy", "acc_5": "top5_accuracy",
        "top_5_accuracy": "top5_accuracy", "top5_acc": "top5_accuracy", "top_5_acc": "top5_accuracy",
        "top1_err": "top1_error", "top_1_err": "top1_error", "top_1_error": "top1_error", "err1": "top1_error",
        "err_1": "top1_error",
        "top5_err": "top5_error", "top_5_err": "top5_error", "top_5_error": "top5_error",
        "err": "error", "error_rate": "error", "metric_error": "error", "misclassification_rate": "error",
        "f1_score": "f1", "f_1": "f1", "f1score": "f1", "f_score": "f1",
        "em": "exact_match", "exact": "exact_match", "exactmatch": "exact_match", "exact_match_accuracy": "exact_match",
        "mcc": "matthews_correlation", "matthews_corrcoef": "matthews_correlation", "matthews": "matthews_correlation",
        "matthew_s_correlation": "matthews_correlation", "matthews_correlation_coefficient": "matthews_correlation",
        "spearmanr": "spearman", "spearman_correlation": "spearman", "spearman_rho": "spearman",
        "pearsonr": "pearson", "pearson_correlation": "pearson",
        "cos_sim_spearman": "cosine_spearman", "cosine_spearman": "cosine_spearman",
        "word_error_rate": "wer", "character_error_rate": "cer", "char_error_rate": "cer", "phone_error_rate": "per",
        "phoneme_error_rate": "per", "diarization_error_rate": "der", "sacre_bleu": "sacrebleu",
        "rouge_1": "rouge1", "rouge_2": "rouge2", "rouge_l": "rougel", "rouge_lsum": "rougelsum",
        "rouge_l_sum": "rougelsum",
        "bleu_score": "bleu", "v_measures": "v_measure", "ppl": "perplexity", "logloss": "log_loss",
        "root_mean_squared_error": "rmse", "mean_squared_error": "mse", "mean_absolute_error": "mae",
        "predictive_accuracy": "accuracy", "roc_auc": "auc", "auroc": "auc", "auc_roc": "auc",
        "area_under_the_roc_curve": "auc", "area_under_roc_curve": "auc",
        "mean_iou": "miou", "m_io_u": "miou", "mio_u": "miou", "box_ap": "box_map", "m_ap": "map",
        "mean_average_precision": "map",
        "rr_10": "mrr_at_10", "mrr_10": "mrr_at_10", "mrr10": "mrr_at_10",
        "med_ae": "median_absolute_error", "medae": "median_absolute_error", "mdae": "median_absolute_error",
        "md_ae": "median_absolute_error",
        "mean_reciprocal_rank": "mrr", "reciprocal_rank": "mrr", "mean_rr": "mrr",
        "true_positive_rate": "tpr", "true_negative_rate": "tnr", "bits_dim": "bits_per_dim",
        "bits_byte": "bits_per_byte", "bits_character": "bits_per_character", "bits_char": "bits_per_character",
        "mean_squared_log_error": "msle", "frechet_inception_distance": "fid", "frechet_video_distance": "fvd",
        "real_time_factor": "rtf", "s_mape": "smape", "false_acceptance_rate": "far", "false_rejection_rate": "frr",
        "equal_error_rate": "eer", "half_total_error_rate": "hter", "akaike_information_criterion": "aic",
        "bayesian_information_criterion": "bic", "earth_mover_s_distance": "emd", "earth_movers_distance": "emd",
        "dynamic_time_warping": "dtw", "absolute_trajectory_error": "ate", "relative_pose_error": "rpe",
        "false_non_match_rate": "fnmr", "false_match_rate": "fmr", "expected_calibration_error": "ece",
        "genauigkeit": "accuracy", "treffergenauigkeit": "accuracy", "exactitude": "accuracy", "exactitud": "accuracy",
        "accuratezza": "accuracy", "nauwkeurigkeit": "accuracy", "acurácia": "accuracy", "acuracia": "accuracy",
        "dokładność": "accuracy", "fehlerrate": "error", "fehlerquote": "error", "taux_d_erreur": "error",
        "taux_erreur": "error", "tasa_de_error": "error", "taxa_de_erro": "error", "tasso_di_errore": "error",
        "foutpercentage": "error", "précision": "precision", "precisión": "precision", "präzision": "precision",
        "precisione": "precision", "rappel": "recall", "wortfehlerrate": "wer", "zeichenfehlerrate": "cer",
        "verlust": "loss", "perte": "loss", "pérdida": "loss",
        "ndcg_10": "ndcg_at_10", "ndcg10": "ndcg_at_10", "n_dcg_10": "ndcg_at_10",
    ]

    static let lower: Set<String> = [
        "wer", "cer", "ter", "mer", "wil", "loss", "log_loss", "perplexity", "mse", "rmse", "mae", "mape", "smape",
        "eer",
        "der", "epe", "per_image_epe", "fl_all", "absrel", "abs_rel", "sq_rel", "error", "top1_error", "top5_error",
        "nll",
        "brier", "brier_score", "ece", "fid", "kid", "bpc", "bpb", "bits_per_character", "hamming_loss", "rmsle", "per",
        "cross_entropy", "latency", "runtime", "eval_loss", "lpips", "fad", "mcd", "min_dcf", "cllr", "ade", "fde",
        "mpjpe", "chamfer_distance", "perplexity_score", "max_error", "median_absolute_error", "bits_per_byte",
        "bits_per_dim", "bits_per_dimension", "bpd", "fpr", "fnr", "fpr95", "fpr_95", "false_positive_rate",
        "false_negative_rate", "miss_rate", "false_alarm_rate", "nrmse", "wape", "hd95", "hd_95", "m_ce", "mce", "crps",
        "mase", "msle", "fvd", "niqe", "brisque", "nme", "ser", "edit_distance", "rtf", "kl", "kld", "jsd", "mmd",
        "inference_time", "training_time", "aic", "bic", "mdl", "far", "frr", "hter", "apcer", "bpcer", "acer", "fnmr",
        "fmr", "mdape", "md_ape", "msis", "owa", "wasserstein", "emd", "dtw", "chamfer", "silog", "si_log", "d1_all",
        "ate", "rpe", "assd", "aurc", "e_aurc", "pve", "med_r", "medr", "collision_rate", "unsafe_rate",
        "generalization_gap", "generalisation_gap", "bad_pixel", "ler", "d1_bg", "d1_fg", "id_switches", "id_switch",
        "id_sw", "idsw", "false_positives", "false_negatives", "aepe", "cpwer", "jer",
    ]

    /// Errors by names that datasets, settings and ids have as well: known where a metric is named, and in no header.
    static let lowerWhereNamed: Set<String> = ["l1", "l2", "fp", "fn", "ace", "tace", "sce", "ids", "frag"]

    /// Errors that are negative where a density is above 1, and losses of whatever kind.
    static let densities: Set<String> = [
        "aic", "bic", "mdl", "generalization_gap", "generalisation_gap", "loss", "eval_loss", "nll", "bits_per_dim",
        "bits_per_dimension", "bpd", "cllr",
    ]

    static let higher: Set<String> = [
        "perplexity_reduction", "mean_reward", "reward", "elo", "psnr", "mos", "cider", "spice", "bertscore", "comet",
        "bleurt", "inception_score", "win_rate", "pesq", "stoi", "si_sdr", "sdr", "log_likelihood", "parsing_score",
        "rtfx", "mota", "idf1", "hota", "pck",
    ]

    static let bounded: Set<String> = [
        "accuracy", "top5_accuracy", "f1", "precision", "recall", "exact_match", "auc", "map", "box_map", "mask_map",
        "kp_map",
        "miou", "iou", "pixel_acc", "dice", "jaccard", "ap", "max_ap", "matthews_correlation", "spearman", "pearson",
        "kendall",
        "cosine_spearman", "v_measure", "ndcg_at_10", "mrr", "mrr_at_10", "main_score", "nmi", "ari", "kappa", "bleu",
        "sacrebleu",
        "chrf", "meteor", "average_precision", "average_recall", "balanced_accuracy", "specificity", "sensitivity",
        "hit_rate",
        "tpr", "tnr", "win_rate", "mc1", "mc2",
    ]

    static let boundedErrors: Set<String> = [
        "wer", "cer", "ter", "mer", "eer", "der", "top1_error", "top5_error", "per", "fpr", "fnr", "fpr95", "fpr_95",
        "false_positive_rate", "false_negative_rate", "miss_rate", "false_alarm_rate", "far", "frr", "hter", "apcer",
        "bpcer", "acer", "fnmr", "fmr", "collision_rate", "unsafe_rate",
    ]
    static let boundedWords: Set<String> = [
        "accuracy", "acc", "f1", "precision", "recall", "auc", "auroc", "map", "ap", "ndcg", "mrr", "iou", "miou",
        "dice",
        "spearman", "pearson", "rouge", "rouge1", "rouge2", "rougel", "rougelsum", "hits", "hit", "pass", "em",
    ]
    static let percents: Set<String> = ["bleu", "sacrebleu", "chrf", "ter_score"]

    static let lowerWords: Set<String> = [
        "error", "errors", "err", "loss", "perplexity", "ppl", "wer", "cer", "ter", "mer", "mse", "rmse", "mae", "mape",
        "eer", "der", "epe", "absrel", "nll", "logloss", "deviance", "latency", "runtime", "brier", "ece", "fid",
        "rmsle", "fpr", "fpr95", "fnr", "nrmse", "wape", "hd95", "hausdorff", "xent", "rank", "medae", "mdae",
        "entropy", "seconds", "ms", "regret", "divergence", "bpc", "crps", "mase", "pinball",
        "drop", "degradation", "forgetting", "mpjpe", "msle", "distance", "toxicity", "toxic", "hallucination",
        "hallucinations", "miss", "violations", "collisions", "failures", "failure", "mistakes", "time",
    ]
    static let higherWords: Set<String> = [
        "accuracy", "acc", "f1", "auc", "auroc", "auprc", "precision", "recall", "score", "map", "ap", "iou", "miou",
        "dice",
        "bleu", "rouge", "rouge1", "rouge2", "rougel", "rougelsum", "meteor", "ndcg", "mrr", "hit", "hits", "spearman",
        "pearson", "kendall", "correlation", "corr", "r2", "kappa", "mcc", "matthews", "em", "match", "psnr", "ssim",
        "pass",
        "reward", "similarity", "measure", "nmi", "ari", "success", "correct", "wins", "likelihood", "top1", "top5",
        "sensitivity", "specificity", "chrf", "comet", "bertscore", "cider", "spice", "tpr", "tnr", "aupr", "resolved",
        "solved",
    ]

    /// A benchmark's own metric, by a word of its name.
    static let benchmarks: [(String, [String])] = [
        ("cola", ["matthews_correlation"]), ("stsb", ["spearman", "spearmanr", "pearson"]),
        ("squad", ["f1", "exact_match"]), ("mrpc", ["f1"]), ("qqp", ["f1"]),
        ("wikitext", perplexities), ("ptb", perplexities), ("treebank", perplexities), ("c4", perplexities),
        ("pile", perplexities), ("lm1b", perplexities), ("enwik8", bits), ("text8", bits),
    ]

    private static let perplexities = ["word_perplexity", "perplexity", "bits_per_byte", "byte_perplexity"]
    private static let bits = ["bpc", "bits_per_character", "bits_per_byte", "bpb", "perplexity"]

    /// The metrics of a task, by a part of its name with `_` between words; the first that fits counts.
    static let tasks: [(String, [String])] = [
        ("token_classification", ["f1"]), ("named_entity", ["f1"]), ("ner", ["f1"]),
        ("pos_tagging", ["accuracy", "f1"]),
        ("speech_recognition", ["wer", "cer"]), ("question_answering", ["f1", "exact_match"]),
        ("translation", ["bleu", "sacrebleu", "chrf"]), ("summarization", ["rougel", "rouge1", "rougelsum"]),
        ("retrieval", ["ndcg_at_10"]), ("reranking", ["map", "ndcg_at_10"]), ("sts", ["cosine_spearman", "spearman"]),
        ("similarity", ["cosine_spearman", "spearman", "pearson"]), ("clustering", ["v_measure"]),
        ("object_detection", ["box_map", "map"]), ("segmentation", ["miou", "mask_map", "dice"]),
        ("reinforcement_learning", ["mean_reward"]), ("fill_mask", ["perplexity"]),
        ("language_model", ["word_perplexity", "perplexity", "accuracy"]),
        ("classification", ["accuracy", "f1", "auc"]), ("regression", ["rmse", "mse", "mae"]),
    ]

    /// Where neither the benchmark nor the task tells.
    static let general = [
        "accuracy", "wer", "f1", "exact_match", "bleu", "sacrebleu", "rougel", "rouge1", "ndcg_at_10",
        "cosine_spearman",
        "v_measure", "box_map", "miou", "map", "auc", "matthews_correlation", "spearman", "pearson", "mean_reward",
        "top1_error", "cer", "error", "rmse", "mse", "mae", "perplexity",
    ]
}
