using EdgeHost.Client;
using EdgeHost.Host.Annotating;

namespace EdgeHost.Host.Cli;

/// <summary>Calls a method in the way of its kind and prints what comes.</summary>
internal sealed class MethodCalls(EdgeHostClient client, CallResponse response, CallOptions options, AnnotatedPicture? picture = null)
{
    private volatile string? _inputProblem;

    /// <summary>One request, one response.</summary>
    public async Task CallAsync(string method, byte[] request, CancellationToken cancellationToken)
    {
        using var answer = await client.CallAsync(method, request, options, cancellationToken).ConfigureAwait(false);
        response.Print(answer.Memory);
        response.Complete();
        if (picture is not null) await picture.WriteAsync(answer.Memory, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Prints items as they come, a line each, and pushes meanwhile what there is to push; then the response: as a line behind items if it says anything, as
    /// an answer of its own where the method has no items.
    /// </summary>
    /// <param name="method">The method.</param>
    /// <param name="request">The request's body.</param>
    /// <param name="pushes">What to push, or null for nothing.</param>
    /// <param name="hasItems">Whether the method's kind has items.</param>
    /// <param name="cancellationToken">Stops the call, on the host too.</param>
    public async Task StreamAsync(string method, byte[] request, IAsyncEnumerable<byte[]>? pushes, bool hasItems, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var call = await client.OpenAsync(method, request, options, cancellationToken).ConfigureAwait(false);
        await using (call.ConfigureAwait(false))
        {
            // Not waited for: the call may end before its input does, and a terminal ends never.
            if (pushes is not null) _ = PumpAsync(call, pushes, stop.Token);
            try
            {
                await foreach (var item in call.ReadAllAsync(cancellationToken).ConfigureAwait(false))
                {
                    using (item) response.PrintLine(item.Memory);
                }

                PrintEnd(await call.ResponseAsync(cancellationToken).ConfigureAwait(false), hasItems);
                response.Complete();
            }
            catch (Exception e) when (_inputProblem is not null && e is (EdgeHostException or OperationCanceledException))
            {
                throw new UsageException(_inputProblem);
            }
            finally
            {
                await stop.CancelAsync().ConfigureAwait(false);
            }
        }
    }

    private void PrintEnd(ReadOnlyMemory<byte> body, bool hasItems)
    {
        // An empty map or nil is one byte, and nothing to tell after items.
        if (!hasItems) response.Print(body);
        else if (body.Length > 1) response.PrintLine(body);
    }

    private async Task PumpAsync(OpenCall call, IAsyncEnumerable<byte[]> pushes, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var item in pushes.WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                await call.PushAsync(item, cancellationToken).ConfigureAwait(false);
            }

            await call.CompleteAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is UsageException or IOException)
        {
            _inputProblem = e is UsageException ? e.Message : $"The input cannot be read: {e.Message}";
            await call.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or EdgeHostException)
        {
            // How the call ended is told where its items are read.
        }
    }
}
