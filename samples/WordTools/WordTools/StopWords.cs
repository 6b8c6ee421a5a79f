using System.Collections.Frozen;
using EdgeHost.PluginSdk;

namespace WordTools;

/// <summary>Words that say nothing about what a text is about. An integrator adds more with the setting <c>extra_stop_words</c>.</summary>
internal sealed class StopWords
{
    private const string English =
        "a about above after again against all also am an and any are as at be became because been before being below between both but by "
        + "can cannot could did do does doing down during each even every few for from further get had has have having he her here hers "
        + "him his how however i if in into is it its itself just like made make many may me might more most much must my no nor not now of "
        + "off often on once one only or other our out over own per same she should since so some still such than that the their them then "
        + "there these they this those through thus to too two under until up upon us use used using very was we well were what when where "
        + "which while who whom why will with within without would yet you your";

    private readonly FrozenSet<string> _words;

    public StopWords(PluginEnvironment environment)
    {
        var extra = environment.Settings.GetValueOrDefault("extra_stop_words", string.Empty);
        _words = $"{English} {extra}"
            .Split([' ', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(static word => word.ToLowerInvariant())
            .ToFrozenSet(StringComparer.Ordinal);
    }

    public bool Contains(string word) => _words.Contains(word);
}
