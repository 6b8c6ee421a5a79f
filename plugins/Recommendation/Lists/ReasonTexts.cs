namespace EdgeHost.Plugins.Recommendation.Lists;

/// <summary>The words of reasons in one language; <c>{0}</c> is a title, a value or a word, <c>{1}</c> the name of an attribute. Immutable.</summary>
internal sealed record ReasonTexts
{
    private static readonly ReasonTexts English = new()
    {
        History = "Goes with “{0}” in what people did",
        Sequence = "Comes after “{0}” in what people did",
        Embedding = "Is like “{0}”",
        Tag = "Has the tag “{0}”, as what this person met",
        Attribute = "{1}: {0}, as in what this person met",
        Word = "Is about “{0}”, as what this person met",
        Popularity = "Many met it",
        Against = "Speaks against it: {0}",
    };

    private static readonly ReasonTexts Chinese = new()
    {
        History = "与“{0}”常被一起浏览",
        Sequence = "常在“{0}”之后被浏览",
        Embedding = "与“{0}”相似",
        Tag = "带有标签“{0}”，与浏览过的内容相同",
        Attribute = "{1}为“{0}”，与浏览过的内容相同",
        Word = "与“{0}”有关，与浏览过的内容相同",
        Popularity = "很受欢迎",
        Against = "不利因素：{0}",
    };

    public required string History { get; init; }

    public required string Sequence { get; init; }

    public required string Embedding { get; init; }

    public required string Tag { get; init; }

    public required string Attribute { get; init; }

    public required string Word { get; init; }

    public required string Popularity { get; init; }

    /// <summary>Around the words of a part that is below zero.</summary>
    public required string Against { get; init; }

    /// <summary>The words of a language as BCP 47; English for those that have none.</summary>
    public static ReasonTexts For(string? language)
        => language is not null && language.Split('-')[0].Equals("zh", StringComparison.OrdinalIgnoreCase) ? Chinese : English;
}
