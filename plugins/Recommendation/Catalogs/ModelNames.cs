using System.Globalization;
using EdgeHost.Plugins.Recommendation.Engine.Models;

namespace EdgeHost.Plugins.Recommendation.Catalogs;

/// <summary>What kinds of models are called on the wire.</summary>
internal static class ModelNames
{
    private static readonly Dictionary<ScorerKind, string> Names = new()
    {
        [ScorerKind.Popularity] = "popularity",
        [ScorerKind.ItemToItem] = "item_to_item",
        [ScorerKind.Linear] = "linear",
        [ScorerKind.Factors] = "factors",
        [ScorerKind.Pairwise] = "pairwise",
        [ScorerKind.Content] = "content",
        [ScorerKind.Sequence] = "sequence",
        [ScorerKind.Towers] = "towers",
        [ScorerKind.Blend] = "blend",
    };

    /// <summary>The name of a kind.</summary>
    public static string Of(ScorerKind kind) => Names.TryGetValue(kind, out var name) ? name : kind.ToString().ToLower(CultureInfo.InvariantCulture);

    /// <summary>The kind of a name.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: there is none.</exception>
    public static ScorerKind Parse(string name)
    {
        foreach (var (kind, known) in Names)
        {
            if (known == name && kind != ScorerKind.Blend) return kind;
        }

        throw new EdgeHostException(ErrorCode.InvalidArgument, $"There is no kind of models '{name}'; there are {string.Join(", ", Names.Where(static x => x.Key != ScorerKind.Blend).Select(static x => x.Value))}.");
    }
}
