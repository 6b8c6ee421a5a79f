namespace EdgeHost.Plugins.Translation.Texts;

/// <summary>Small numbers as words, so that a number that was written out counts as kept. No state.</summary>
internal static class NumberWords
{
    private static readonly Dictionary<string, string[]> Words = new(StringComparer.Ordinal)
    {
        ["en"] = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"],
        ["fr"] = ["zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze"],
        ["zh"] = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"],
    };

    /// <summary>Whether a text says a number in words.</summary>
    /// <param name="text">The text.</param>
    /// <param name="number">The number in digits.</param>
    /// <param name="language">The text's language, as <see cref="Models.LanguageCode"/>.</param>
    public static bool Says(string text, string number, string language)
    {
        if (!Words.TryGetValue(language, out var words) || !int.TryParse(number, out var value) || value >= words.Length) return false;
        if (language == "zh") return text.Contains(words[value], StringComparison.Ordinal) || (value == 2 && text.Contains('两', StringComparison.Ordinal));
        return text.Split([' ', ',', '.', '!', '?', '-', '\''], StringSplitOptions.RemoveEmptyEntries).Any(word => word.Equals(words[value], StringComparison.OrdinalIgnoreCase) || (value == 1 && word is "une" or "a" or "an"));
    }
}
