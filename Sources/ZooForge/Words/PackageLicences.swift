/// Under which licences the packages' word lists are, as their `copyright` files say.
public enum PackageLicences {
    public static let byPackage: [String: String] = [
        "hunspell-af": "LGPL-2.1+", "hunspell-an": "MPL-1.1 or GPL-3+ or LGPL-3+", "hunspell-be": "CC-BY-SA-3.0",
        "hunspell-bg": "GPL-2", "hunspell-br": "LGPL-2.1+ and MPL-1.1 and GPL-2+",
        "hunspell-bs": "GPL-2+ or LGPL-2.1+ or MPL-1.1", "hunspell-ca": "GPL-2+ and LGPL-2.1+",
        "hunspell-cs": "GPL-2", "hunspell-da": "LGPL-2.1 or GPL-2 or MPL-1.1", "hunspell-de-de": "GPL-2+",
        "hunspell-en-med": "GPL-3+", "hunspell-en-us": "SCOWL (permissive)",
        "hunspell-es": "GPL-3+ or LGPL-3+ or MPL-1.1+", "hunspell-eu": "LGPL-3+",
        "hunspell-fr-classical": "MPL-2.0", "hunspell-gd": "GPL-3+", "hunspell-gl": "GPL",
        "hunspell-gug": "GFDL-1.2+", "hunspell-hr": "LGPL or SISSL",
        "hunspell-hu": "GPL-3+ or LGPL-3+ or MPL-2.0+", "hunspell-id": "LGPL-3", "hunspell-is": "CC-BY-SA-3.0",
        "hunspell-it": "GPL-3", "hunspell-kk": "GPL-2+ or LGPL-2.1+ or MPL-1.1+",
        "hunspell-kmr": "GPL-3 or LGPL-3 or MPL-1.1", "hunspell-lt": "BSD-3-clause", "hunspell-lv": "LGPL-2.1+",
        "hunspell-nl": "BSD-2-clause or CC-BY-3.0", "hunspell-no": "GPL-2", "hunspell-oc": "GPL-2+",
        "hunspell-pl": "GPL or LGPL or MPL or Apache-2.0 or CC-SA-1.0",
        "hunspell-pt-pt": "GPL-2 or LGPL-2.1 or MPL-1.1", "hunspell-ro": "GPL-2 or LGPL-2.1 or MPL-1.1",
        "hunspell-ru": "BSD-4-clause", "hunspell-sk": "GPL-2 or LGPL-2.1 or MPL-1.1",
        "hunspell-sl": "GPL or LGPL",
        "hunspell-sr": "GPL-2+ or LGPL-2.1 or MPL-1.1", "hunspell-sv": "LGPL-3", "hunspell-sw": "LGPL-2.1+",
        "hunspell-tr": "MPL-2.0", "hunspell-uk": "GPL-2+ or LGPL-2.1+ or MPL-1.1",
        "hunspell-uz": "GPL-2+", "myspell-eo": "GPL-2+",
        "myspell-et": "LGPL-2.1+ and the Institute of the Estonian Language's (permissive)",
        "myspell-fo": "GPL-2+", "myspell-tl": "GPL-2+", "wamerican-large": "SCOWL (permissive)",
        "wbrazilian": "GPL-2", "wbritish-large": "SCOWL (permissive)", "wirish": "GPL-3", "wmanx": "GPL-3",
        "wportuguese": "GPL-2+ or LGPL-2.1+ or MPL-1.1",
    ]
}
