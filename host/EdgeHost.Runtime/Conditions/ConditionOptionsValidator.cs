using Microsoft.Extensions.Options;

namespace EdgeHost.Runtime.Conditions;

/// <summary>Checks what range attributes cannot: thresholds that belong together.</summary>
internal sealed class ConditionOptionsValidator : IValidateOptions<EdgeHostRuntimeOptions>
{
    public ValidateOptionsResult Validate(string? name, EdgeHostRuntimeOptions options)
    {
        var conditions = options.Conditions;
        var failures = new List<string>();
        if (conditions.BatteryResumePercent < conditions.BatteryLowPercent)
        {
            failures.Add(
                $"Conditions:BatteryResumePercent is {conditions.BatteryResumePercent}; it must not be below Conditions:BatteryLowPercent ({conditions.BatteryLowPercent}).");
        }

        if (conditions.GroupSeverePercent < conditions.GroupSomePercent)
        {
            failures.Add(
                $"Conditions:GroupSeverePercent is {conditions.GroupSeverePercent}; it must not be below Conditions:GroupSomePercent ({conditions.GroupSomePercent}).");
        }

        if (conditions.IdleInterval < conditions.Interval)
        {
            failures.Add($"Conditions:IdleInterval is {conditions.IdleInterval}; it must not be below Conditions:Interval ({conditions.Interval}).");
        }

        if (!Path.IsPathFullyQualified(conditions.SystemRoot)) failures.Add("Conditions:SystemRoot must be an absolute path.");
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
