using System.Globalization;

namespace EdgeHost.Jobs.Data;

/// <summary>Which place each label has among the network's outputs.</summary>
internal static class LabelTable
{
    /// <summary>The labels in order: those of the model before keep their places, new ones follow by number or name.</summary>
    public static IReadOnlyList<string> Of(IEnumerable<string> labels, IReadOnlyList<string> before)
    {
        List<string> fresh = [.. labels.Distinct(StringComparer.Ordinal).Except(before, StringComparer.Ordinal)];
        if (fresh.TrueForAll(static label => long.TryParse(label, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)))
        {
            fresh.Sort(static (x, y) => long.Parse(x, CultureInfo.InvariantCulture).CompareTo(long.Parse(y, CultureInfo.InvariantCulture)) is not 0 and var order ? order : string.CompareOrdinal(x, y));
        }
        else
        {
            fresh.Sort(StringComparer.Ordinal);
        }

        return [.. before, .. fresh];
    }
}
