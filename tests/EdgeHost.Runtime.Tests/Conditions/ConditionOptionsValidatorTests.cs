using EdgeHost.Runtime.Conditions;

namespace EdgeHost.Runtime.Tests.Conditions;

public sealed class ConditionOptionsValidatorTests
{
    public static TheoryData<string, Action<ConditionOptions>> Bad => new()
    {
        { "Conditions:BatteryResumePercent", options => options.BatteryResumePercent = 10 },
        { "Conditions:GroupSeverePercent", options => options.GroupSeverePercent = 50 },
        { "Conditions:IdleInterval", options => options.IdleInterval = TimeSpan.FromSeconds(1) },
        { "Conditions:SystemRoot", options => options.SystemRoot = "here" },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public void Validate_ThresholdsThatContradict_AreNamed(string expected, Action<ConditionOptions> configure)
    {
        var options = new EdgeHostRuntimeOptions();
        configure(options.Conditions);

        Assert.StartsWith(expected, new ConditionOptionsValidator().Validate(null, options).FailureMessage, StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_Defaults_Pass() => Assert.True(new ConditionOptionsValidator().Validate(null, new EdgeHostRuntimeOptions()).Succeeded);
}
