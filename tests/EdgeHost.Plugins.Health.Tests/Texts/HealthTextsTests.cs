using System.Text.RegularExpressions;
using EdgeHost.Plugins.Health.Alerts;
using EdgeHost.Plugins.Health.BloodPressure;
using EdgeHost.Plugins.Health.Samples;
using EdgeHost.Plugins.Health.Sensors;
using EdgeHost.Plugins.Health.Summaries;
using EdgeHost.Plugins.Health.Texts;
using EdgeHost.Plugins.Health.Waves;

namespace EdgeHost.Plugins.Health.Tests.Texts;

/// <summary>Every language says everything, with the same values.</summary>
public partial class HealthTextsTests
{
    private readonly HealthTexts _texts = new();

    [Fact]
    public void Languages_HaveTheSameTextsWithTheSameValues()
    {
        var english = _texts.KeysOf("en").Order(StringComparer.Ordinal).ToList();

        Assert.Equal(english, _texts.KeysOf("zh").Order(StringComparer.Ordinal));
        Assert.All(english, key => Assert.Equal(ValuesOf("en", key), ValuesOf("zh", key)));
    }

    [Fact]
    public void Rules_HaveTheirTexts()
    {
        var rules = EcgFindings.Rules.Values.Select(static rule => rule.Name).Concat(PressureFindings.Rules.Keys)
            .Concat(GlucoseFindings.Rules.Append(SummaryMaker.ChangeRule).Concat(AlertRules.All.Select(static alert => alert.Rule)).Select(static rule => rule.Name));

        Assert.All(rules, rule => Assert.NotNull(_texts.Find("zh", rule + ".text")));
        Assert.All(SkipReason.All, reason => Assert.NotNull(_texts.Find("zh", "skip." + reason)));
        Assert.All(SampleTypes.All.Keys, type => Assert.NotNull(_texts.Find("zh", "type." + type)));
    }

    private List<string> ValuesOf(string language, string key) => [.. Values().Matches(_texts.Get(language, key)).Select(static match => match.Value).Order(StringComparer.Ordinal)];

    [GeneratedRegex(@"\{\w+\}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Values();
}
