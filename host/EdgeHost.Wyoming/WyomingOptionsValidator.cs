using System.Net;
using EdgeHost.Validation;
using Microsoft.Extensions.Options;

namespace EdgeHost.Wyoming;

/// <summary>Checks <see cref="WyomingOptions"/> against the ranges that its properties state; every problem is named at once.</summary>
internal sealed class WyomingOptionsValidator : IValidateOptions<WyomingOptions>
{
    public ValidateOptionsResult Validate(string? name, WyomingOptions options) => new OptionProblems(WyomingOptions.SectionName)
        .CheckRanges(options)
        .Require(
            IPAddress.TryParse(options.Address, out _),
            nameof(options.Address),
            $"is '{options.Address}', which is no IP address; 127.0.0.1 is this machine alone, 0.0.0.0 every network.")
        .ToResult();
}
