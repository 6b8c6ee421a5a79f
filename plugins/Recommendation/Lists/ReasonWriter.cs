using System.Globalization;
using EdgeHost.Capabilities.Recommendation;
using EdgeHost.Plugins.Recommendation.Engine.Data;
using EdgeHost.Plugins.Recommendation.Engine.Models;

namespace EdgeHost.Plugins.Recommendation.Lists;

/// <summary>Says parts of scores in words.</summary>
internal sealed class ReasonWriter(Catalogue catalogue, ReasonTexts texts)
{
    private const string TagPrefix = "tag:";
    private const string TextPrefix = "text:";

    /// <summary>One part.</summary>
    public Reason Write(Contribution part)
    {
        var text = TextOf(part);
        return new Reason
        {
            Kind = part.Kind switch
            {
                ContributionKind.History => "history",
                ContributionKind.Sequence => "sequence",
                ContributionKind.Feature => "feature",
                ContributionKind.Embedding => "embedding",
                _ => "popularity",
            },
            Text = part.Value < 0 ? Format(texts.Against, text) : text,
            Items = part.Item >= 0 ? [catalogue.Ids[part.Item]] : null,
            Tags = Tag(part.Feature) is { } tag ? [tag] : null,
            Feature = part.Feature is { } feature && Tag(feature) is null ? feature : null,
            Value = part.Value,
        };
    }

    private string TextOf(Contribution part) => part.Kind switch
    {
        ContributionKind.History => Format(texts.History, TitleOf(part.Item)),
        ContributionKind.Sequence => Format(texts.Sequence, TitleOf(part.Item)),
        ContributionKind.Embedding => Format(texts.Embedding, TitleOf(part.Item)),
        ContributionKind.Feature => FeatureOf(part.Feature ?? string.Empty),
        _ => texts.Popularity,
    };

    private string FeatureOf(string feature)
    {
        if (Tag(feature) is { } tag) return Format(texts.Tag, tag);
        if (feature.StartsWith(TextPrefix, StringComparison.Ordinal)) return Format(texts.Word, feature[TextPrefix.Length..]);
        var colon = feature.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? Format(texts.Word, feature) : Format(texts.Attribute, feature[(colon + 1)..], feature[..colon]);
    }

    private string TitleOf(int item) => item < 0 ? string.Empty : catalogue.Find(item)?.Title ?? catalogue.Ids[item];

    private static string? Tag(string? feature) => feature?.StartsWith(TagPrefix, StringComparison.Ordinal) == true ? feature[TagPrefix.Length..] : null;

    // What apps put in may have braces: it is only ever an argument.
    private static string Format(string template, params ReadOnlySpan<object?> values) => string.Format(CultureInfo.InvariantCulture, template, values);
}
