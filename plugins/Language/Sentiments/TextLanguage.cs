namespace EdgeHost.Plugins.Language.Sentiments;

/// <summary>What a text is taken for, by its scripts alone.</summary>
internal enum TextLanguage
{
    /// <summary>Mostly words: English, or another language that separates its words.</summary>
    English,

    /// <summary>Mostly Chinese characters.</summary>
    Chinese,
}
