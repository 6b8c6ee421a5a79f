using System.Net;
using EdgeHost.Validation;
using Microsoft.Extensions.Options;

namespace EdgeHost.Gateway;

/// <summary>Checks <see cref="GatewayOptions"/> against the ranges that its properties state; every problem is named at once.</summary>
internal sealed class GatewayOptionsValidator : IValidateOptions<GatewayOptions>
{
    public ValidateOptionsResult Validate(string? name, GatewayOptions options) => new OptionProblems(GatewayOptions.SectionName)
        .CheckRanges(options)
        .Require(
            IPAddress.TryParse(options.Address, out var address) && IPAddress.IsLoopback(address),
            nameof(options.Address),
            $"is '{options.Address}', which is no loopback address; 127.0.0.1 and ::1 are. The door has no encryption: let a reverse proxy with TLS stand before it where other machines are to reach it.")
        .ToResult();
}
