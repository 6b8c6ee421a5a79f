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

        return ValidateOptionsResult.Success;
    }
}
