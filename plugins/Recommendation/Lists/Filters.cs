using EdgeHost.Capabilities.Recommendation;
using EdgeHost.Plugins.Recommendation.Catalogs;
using EdgeHost.Plugins.Recommendation.Engine.Data;
using EdgeHost.Plugins.Recommendation.Engine.Ranking;

namespace EdgeHost.Plugins.Recommendation.Lists;

/// <summary>Filters of requests as sets of items.</summary>
internal static class Filters
{
    private const int MostConditions = 64;
    private const int MostTexts = 10_000;

    /// <summary>The items that may be on a list; null for all.</summary>
    /// <param name="models">The catalogue's models.</param>
    /// <param name="filter">Conditions by attribute.</param>
    /// <param name="exclude">Items that may not be on it.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: a condition says nothing, or contradicts itself.</exception>
    public static ItemSet? Allowed(ServingModels models, IReadOnlyDictionary<string, AttributeFilter>? filter, IReadOnlyList<string>? exclude)
    {
        if (filter is not { Count: > 0 } && exclude is not { Count: > 0 }) return null;
        if (filter?.Count > MostConditions) throw Wrong($"The filter has {filter.Count} conditions; at most {MostConditions} are taken.");
        if (exclude?.Count > MostTexts) throw Wrong($"{exclude.Count} items are excluded; at most {MostTexts} are taken.");
        var allowed = filter is { Count: > 0 } ? models.Attributes.Match(filter.SelectMany(static x => ConditionsOf(x.Key, x.Value))) : new ItemSet(models.Catalogue.Count, full: true);
        foreach (var item in exclude ?? [])
        {
            if (models.Catalogue.IndexOf(item) is >= 0 and var number) allowed.Remove(number);
        }

        return allowed;
    }

    /// <summary>Refuses conditions of another type than the attribute's. Attributes that no item has are let pass: they match nothing yet.</summary>
    public static void Check(CatalogContents contents, IReadOnlyDictionary<string, AttributeFilter>? filter)
    {
        foreach (var (name, condition) in filter ?? new Dictionary<string, AttributeFilter>())
        {
            if (contents.IsNumber(name) is not { } isNumber) continue;
            var asksNumber = condition.Min is not null || condition.Max is not null || condition.EqualTo?.Number is not null;
            var asksText = condition.In is not null || condition.EqualTo is { Number: null };
            if (isNumber ? asksText : asksNumber) throw Wrong($"The filter asks for {(isNumber ? "texts" : "numbers")} of the attribute '{name}', which is of {(isNumber ? "numbers" : "texts")}.");
        }
    }

    private static IEnumerable<AttributeCondition> ConditionsOf(string name, AttributeFilter filter)
    {
        if (filter is { EqualTo: null, In: null, Min: null, Max: null }) throw Wrong($"The filter of '{name}' gives no condition; give 'equals', 'in', 'min' or 'max'.");
        if (filter.In?.Count > MostTexts) throw Wrong($"The filter of '{name}' has {filter.In.Count} values; at most {MostTexts} are taken.");
        var number = filter.EqualTo?.Number;
        var least = Greatest(filter.Min, number);
        var greatest = Least(filter.Max, number);
        if (least > greatest) throw Wrong($"The filter of '{name}' wants at least {least} and at most {greatest}.");
        var texts = filter.EqualTo is { Number: null } equal ? equal.Texts : null;
        if (texts is not null && filter.In is { } also) texts = [.. texts.Intersect(also, StringComparer.Ordinal)];
        yield return new AttributeCondition(name) { AnyOf = texts ?? filter.In, Least = least, Greatest = greatest, Not = filter.Not ?? false };
    }

    private static double? Greatest(double? one, double? other) => one is { } a && other is { } b ? Math.Max(a, b) : one ?? other;

    private static double? Least(double? one, double? other) => one is { } a && other is { } b ? Math.Min(a, b) : one ?? other;

    private static EdgeHostException Wrong(string message) => new(ErrorCode.InvalidArgument, message);
}
