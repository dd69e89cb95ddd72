/// The lists that the zoo `words` is made from.
public enum WordListCatalog {
    private static func hunspell(
        _ name: String, _ language: String, _ package: String, _ file: String, _ encoding: String = "UTF-8",
        _ selection: WordList.Selection = .all
    ) -> WordList {
        WordList(name, language, package, "hunspell/\(file).dic", encoding, selection)
    }

    private static let base: [WordList] = [
        hunspell("es", "Spanish", "hunspell-es", "es_ES"),
        hunspell("pt", "Portuguese", "hunspell-pt-pt", "pt_PT"),
        hunspell("gl", "Galician", "hunspell-gl", "gl_ES"),
        hunspell("ca", "Catalan", "hunspell-ca", "ca"),
        hunspell("oc", "Occitan", "hunspell-oc", "oc_FR"),
        hunspell("an", "Aragonese", "hunspell-an", "an_ES", "ISO-8859-1"),
        hunspell("it", "Italian", "hunspell-it", "it_IT"),
        hunspell("fr", "French", "hunspell-fr-classical", "fr"),
        hunspell("ro", "Romanian", "hunspell-ro", "ro_RO"),
        hunspell("de", "German", "hunspell-de-de", "de_DE"),
        hunspell("nl", "Dutch", "hunspell-nl", "nl"),
        hunspell("af", "Afrikaans", "hunspell-af", "af_ZA"),
        hunspell("en", "English", "hunspell-en-us", "en_US"),
        hunspell("sv", "Swedish", "hunspell-sv", "sv_SE"),
        hunspell("da", "Danish", "hunspell-da", "da_DK"),
        hunspell("nb", "Norwegian Bokmål", "hunspell-no", "nb_NO", "ISO-8859-1"),
        hunspell("nn", "Norwegian Nynorsk", "hunspell-no", "nn_NO", "ISO-8859-1"),
        hunspell("is", "Icelandic", "hunspell-is", "is_IS"),
        hunspell("fo", "Faroese", "myspell-fo", "fo", "ISO-8859-1"),
        hunspell("cs", "Czech", "hunspell-cs", "cs_CZ"),
        hunspell("sk", "Slovak", "hunspell-sk", "sk_SK"),
        hunspell("pl", "Polish", "hunspell-pl", "pl_PL", "ISO-8859-2"),
        hunspell("sl", "Slovene", "hunspell-sl", "sl_SI", "ISO-8859-2"),
        hunspell("hr", "Croatian", "hunspell-hr", "hr_HR"),
        hunspell("bs", "Bosnian", "hunspell-bs", "bs_BA", "ISO-8859-2"),
        hunspell("sr", "Serbian (Cyrillic)", "hunspell-sr", "sr_RS"),
        hunspell("sr-latin", "Serbian (Latin)", "hunspell-sr", "sr_Latn_RS"),
        hunspell("ru", "Russian", "hunspell-ru", "ru_RU"),
        hunspell("uk", "Ukrainian", "hunspell-uk", "uk_UA"),
        hunspell("be", "Belarusian", "hunspell-be", "be_BY"),
        hunspell("bg", "Bulgarian", "hunspell-bg", "bg_BG"),
        hunspell("kk", "Kazakh", "hunspell-kk", "kk_KZ"),
        hunspell("uz", "Uzbek (Cyrillic)", "hunspell-uz", "uz_UZ"),
        hunspell("tr", "Turkish", "hunspell-tr", "tr_TR"),
        hunspell("lv", "Latvian", "hunspell-lv", "lv_LV"),
        hunspell("lt", "Lithuanian", "hunspell-lt", "lt_LT", "ISO-8859-13"),
        hunspell("et", "Estonian", "myspell-et", "et_EE", "ISO-8859-15"),
        hunspell("hu", "Hungarian", "hunspell-hu", "hu_HU"),
        hunspell("eu", "Basque", "hunspell-eu", "eu"),
        hunspell("br", "Breton", "hunspell-br", "br_FR"),
        hunspell("gd", "Scottish Gaelic", "hunspell-gd", "gd_GB"),
        WordList("ga", "Irish", "wirish", "dict/irish"),
        WordList("gv", "Manx", "wmanx", "dict/manx", "ISO-8859-1"),
        hunspell("sw", "Swahili", "hunspell-sw", "sw_TZ"),
        hunspell("id", "Indonesian", "hunspell-id", "id_ID"),
        hunspell("tl", "Tagalog", "myspell-tl", "tl", "ISO-8859-1"),
        hunspell("gn", "Guarani", "hunspell-gug", "gug_PY"),
        hunspell("ku", "Kurmanji", "hunspell-kmr", "kmr_Latn"),
        hunspell("eo", "Esperanto", "myspell-eo", "eo", "ISO-8859-3"),
        hunspell("de-nouns", "German", "hunspell-de-de", "de_DE", "UTF-8", .capitalised),
        hunspell("fr-masculine", "French", "hunspell-fr-classical", "fr", "UTF-8", .tagged("po:nom is:mas")),
        hunspell("fr-feminine", "French", "hunspell-fr-classical", "fr", "UTF-8", .tagged("po:nom is:fem")),
        hunspell("fr-adjectives", "French", "hunspell-fr-classical", "fr", "UTF-8", .tagged("po:adj")),
        hunspell("pt-nouns", "Portuguese", "hunspell-pt-pt", "pt_PT", "UTF-8", .tagged("[CAT=nc")),
        hunspell("pt-adjectives", "Portuguese", "hunspell-pt-pt", "pt_PT", "UTF-8", .tagged("[CAT=adj")),
        hunspell("gl-masculine", "Galician", "hunspell-gl", "gl_ES", "UTF-8", .tagged("po:substantivo_masculino")),
        hunspell("gl-feminine", "Galician", "hunspell-gl", "gl_ES", "UTF-8", .tagged("po:substantivo_feminino")),
        hunspell("lv-nouns", "Latvian", "hunspell-lv", "lv_LV", "UTF-8", .tagged("po:lietv")),
        hunspell("lv-verbs", "Latvian", "hunspell-lv", "lv_LV", "UTF-8", .tagged("po:darb")),
        hunspell("lv-adjectives", "Latvian", "hunspell-lv", "lv_LV", "UTF-8", .tagged("po:īpv")),
        hunspell("sk-nouns", "Slovak", "hunspell-sk", "sk_SK", "UTF-8", .tagged("po:noun")),
        hunspell("sk-adjectives", "Slovak", "hunspell-sk", "sk_SK", "UTF-8", .tagged("po:adjective")),
        WordList("us", "American English", "wamerican-large", "dict/american-english-large"),
        WordList("gb", "British English", "wbritish-large", "dict/british-english-large"),
        WordList("portugal", "European Portuguese", "wportuguese", "dict/portuguese"),
        WordList("brazil", "Brazilian Portuguese", "wbrazilian", "dict/brazilian"),
        hunspell("medical", "English", "hunspell-en-med", "en_med_glut"),
    ]

    /// Every list, by name.
    public static let all: [String: WordList] = Dictionary(
        (base + base.map(\.plain)).map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })

    /// The names of the lists that a package holds, in the catalog's order.
    static func names(inPackage package: String) -> [String] {
        base.filter { $0.package == package }.map(\.name)
    }

    /// The lists of whole languages, in the catalog's order: those without a selection, a variety or a subject.
    static let languages: [String] = base.map(\.name).filter { $0.count == 2 && !["us", "gb"].contains($0) }

    /// The packages that hold them, in order.
    public static let packages: [String] = Set(base.map(\.package)).sorted()
}
