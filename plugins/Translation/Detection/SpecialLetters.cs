namespace EdgeHost.Plugins.Translation.Detection;

/// <summary>Letters that only some languages have, by which others are ruled out. No state.</summary>
internal static class SpecialLetters
{
    private static readonly Dictionary<string, string> Languages = new(StringComparer.Ordinal)
    {
        ["bg"] = "ъ", ["cs"] = "áčďéěíňóřšťúůýž", ["da"] = "æøåé", ["de"] = "äöüß", ["en"] = "éï", ["es"] = "áéíñóúü", ["fi"] = "äöå", ["fr"] = "àâæçéèêëîïôœùûüÿ", ["hu"] = "áéíóöőúüű",
        ["id"] = "é", ["it"] = "àèéìîòù", ["nl"] = "éëïöü", ["pl"] = "ąćęłńóśźż", ["pt"] = "ãáàâçéêíõóôúü", ["ro"] = "ăâîșțşţ", ["ru"] = "ёыэъ", ["sv"] = "åäöé", ["tr"] = "çğıöşüâ",
        ["uk"] = "ґєії", ["vi"] = "ăâđêôơưàáãạảấầẩẫậắằẳẵặéèẽẹẻếềểễệíìĩịỉóòõọỏốồổỗộớờởỡợúùũụủứừửữựýỳỹỵỷ",
    };

    private static readonly string All = string.Concat(Languages.Values.SelectMany(static letters => letters).Distinct());

    /// <summary>The letters of a text that only some languages have, each once, in lower case.</summary>
    public static string Of(string text) => string.Concat(text.ToLowerInvariant().Where(static letter => All.Contains(letter, StringComparison.Ordinal)).Distinct());

    /// <summary>How many of such letters a language does not have.</summary>
    /// <param name="letters">What <see cref="Of"/> gave.</param>
    /// <param name="language">The language, as <see cref="Models.LanguageCode"/>.</param>
    public static int ForeignTo(string language, string letters)
        => letters.Length == 0 || !Languages.TryGetValue(language, out var own) ? 0 : letters.Count(letter => !own.Contains(letter, StringComparison.Ordinal));
}
