using Microsoft.Extensions.Options;

namespace EdgeHost.Runtime;

/// <summary>Checks what range attributes cannot: the values of a dictionary.</summary>
internal sealed class DeviceConcurrencyValidator : IValidateOptions<EdgeHostRuntimeOptions>
{
    public ValidateOptionsResult Validate(string? name, EdgeHostRuntimeOptions options)
    {
        foreach (var (device, steps) in options.Scheduling.Concurrency)
        {
            if (steps is < 1 or > 256)
            {
                return ValidateOptionsResult.Fail($"Scheduling:Concurrency:{device} is {steps}; it must be between 1 and 256.");
            }
        }

        foreach (var (app, weight) in options.Scheduling.AppWeights)
        {
            // Written so that a weight that is no number fails too.
            if (!(weight is >= 0.01 and <= 100))
            {
                return ValidateOptionsResult.Fail($"Scheduling:AppWeights:{app} is {weight}; it must be between 0.01 and 100.");
            }
        }

        return ValidateOptionsResult.Success;
    }
}
