using EdgeHost.Client;

namespace EdgeHost.Host.Cli;

/// <summary>Calls a method in the way of its kind and prints what comes.</summary>
internal sealed class MethodCalls(EdgeHostClient client, CallResponse response, CallOptions options)
{
    /// <summary>One request, one response.</summary>
    public async Task CallAsync(string method, byte[] request, CancellationToken cancellationToken)
    {
        using var answer = await client.CallAsync(method, request, options, cancellationToken).ConfigureAwait(false);
        response.Print(answer.Memory);
    }

    /// <summary>The items of a server stream, a line each.</summary>
    public async Task StreamAsync(string method, byte[] request, CancellationToken cancellationToken)
    {
        await foreach (var item in client.StreamAsync(method, request, options, cancellationToken).ConfigureAwait(false))
        {
            using (item) response.PrintItem(item.Memory);
        }
    }

    /// <summary>Pushes what there is while the items come, a line each; then prints the response.</summary>
    public async Task PushAsync(string method, byte[] request, IAsyncEnumerable<byte[]> pushes, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var call = await client.OpenAsync(method, request, options, cancellationToken).ConfigureAwait(false);
        await using (call.ConfigureAwait(false))
        {
            var pushing = PumpAsync(call, pushes, stop.Token);
            try
            {
                await foreach (var item in call.ReadAllAsync(cancellationToken).ConfigureAwait(false))
                {
                    using (item) response.PrintItem(item.Memory);
                }

                response.Print(await call.ResponseAsync(cancellationToken).ConfigureAwait(false));
            }
            finally
            {
                // The call may end before its input does; a terminal is not waited for.
                await stop.CancelAsync().ConfigureAwait(false);
                if (pushing.IsFaulted) await pushing.ConfigureAwait(false);
            }
        }
    }

    private static async Task PumpAsync(OpenCall call, IAsyncEnumerable<byte[]> pushes, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var item in pushes.WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                await call.PushAsync(item, cancellationToken).ConfigureAwait(false);
            }

            await call.CompleteAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (UsageException)
        {
            await call.DisposeAsync().ConfigureAwait(false);
            throw;
        }
        catch (Exception e) when (e is OperationCanceledException or EdgeHostException)
        {
            // How the call ended is told where its items are read.
        }
    }
}
