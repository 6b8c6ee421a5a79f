using System.CommandLine;
using System.CommandLine.Invocation;

namespace EdgeHost.Host.Cli;

/// <summary>The help of a verb; for <c>edgehost call METHOD --help</c> what the running host says of the method.</summary>
internal sealed class MethodHelp(ExampleHelp help) : AsynchronousCommandLineAction
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public override async Task<int> InvokeAsync(ParseResult parseResult, CancellationToken cancellationToken = default)
    {
        if (CallCommand.MethodOf(parseResult) is not { } method) return help.Invoke(parseResult);
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(Patience);
        var client = await HostCallers.ConnectClientAsync(CommonOptions.EndpointOf(parseResult), timeout.Token).ConfigureAwait(false);
        await using (client.ConfigureAwait(false))
        {
            if (await client.FindCapabilityAsync(method, timeout.Token).ConfigureAwait(false) is not { } found)
            {
                var all = await client.GetCapabilitiesAsync(timeout.Token).ConfigureAwait(false);
                var nearest = NearestNames.FindOne(method, all.Select(entry => entry.Method));
                throw new UsageException($"The host has no method '{method}'.{(nearest is null ? string.Empty : $" Did you mean '{nearest}'?")}");
            }

            foreach (var line in MethodDescription.Of(found)) await parseResult.InvocationConfiguration.Output.WriteLineAsync(line).ConfigureAwait(false);
            return ExitCodes.Ok;
        }
    }
}
