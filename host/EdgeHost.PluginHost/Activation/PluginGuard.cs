using System.Buffers;
using EdgeHost.PluginSdk;
using Microsoft.Extensions.Logging;

namespace EdgeHost.PluginHost.Activation;

/// <summary>
/// The one place where code of a plugin is called. Whatever it throws is logged here and comes out as an exception of the host's own
/// making: an object of the plugin's, or with its stack, would keep its code in memory. Thread-safe.
/// </summary>
internal sealed class PluginGuard(string pluginId, ILogger logger, CallTotals totals, TimeProvider time)
{
    public TimeProvider Time => time;

    /// <summary>What the plugin's calls came to.</summary>
    public CallTotals Totals => totals;

    /// <summary>Runs one call.</summary>
    /// <param name="handler">The plugin's handler.</param>
    /// <param name="context">The call.</param>
    /// <param name="response">Where the response goes.</param>
    /// <param name="stopping">Cancelled when the plugin's version no longer waits for its calls.</param>
    /// <param name="cancellationToken">The caller's.</param>
    public async ValueTask HandleAsync(
        ICapabilityHandler handler,
        CapabilityContext context,
        IBufferWriter<byte> response,
        CancellationToken stopping,
        CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        using var linked = cancellationToken.CanBeCanceled ? CallCancellation.Rent(cancellationToken, stopping) : null;
        try
        {
            await handler.HandleAsync(context, response, linked?.Token ?? stopping).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            throw new EdgeHostException(ErrorCode.Unavailable, $"The plugin '{pluginId}' was stopped during the call; try again.");
        }
        catch (EdgeHostException ex)
        {
            logger.LogDebug(ex, "The call of {Method} ended with an error.", context.Method);
            throw Copy(ex);
        }
#pragma warning disable CA1031 // The boundary to foreign code: logged with its stack and mapped.
        catch (Exception ex)
#pragma warning restore CA1031
        {
            totals.CountFailure();
            logger.LogError(ex, "The plugin failed in a call of {Method}.", context.Method);
            throw new EdgeHostException(ErrorCode.Internal, $"The plugin '{pluginId}' failed in this call; the host's log says why.");
        }
        finally
        {
            totals.Count(time.GetElapsedTime(started));
        }
    }

    /// <summary>Runs a step of the plugin's life on a pool thread, so that one that blocks costs that thread and not the host.</summary>
    /// <param name="step">The step's name for the log.</param>
    /// <param name="timeout">How long to wait; the step's token is cancelled then and the step abandoned.</param>
    /// <param name="code">The step.</param>
    public async Task RunStepAsync(string step, TimeSpan timeout, Func<CancellationToken, Task> code)
    {
        using var limit = new CancellationTokenSource();
        var work = Task.Run(() => code(limit.Token), CancellationToken.None);
        try
        {
            await work.WaitAsync(timeout, time, CancellationToken.None).ConfigureAwait(false);
        }
        catch (TimeoutException) when (!work.IsCompleted)
        {
            logger.LogWarning("{Step} did not end within {Timeout}; it is abandoned.", step, timeout);
            _ = work.ContinueWith(
                static (late, state) => ((ILogger)state!).LogDebug(late.Exception, "An abandoned step ended."),
                logger,
                CancellationToken.None,
                TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default);
            await CancelAsync(limit).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // The boundary to foreign code: a plugin that fails while it ends must not keep the rest from ending.
        catch (Exception ex)
#pragma warning restore CA1031
        {
            logger.LogWarning(ex, "{Step} failed.", step);
        }
    }

    /// <summary>Cancels a token that plugin code may have registered callbacks with.</summary>
    public async Task CancelAsync(CancellationTokenSource source)
    {
        try
        {
            await source.CancelAsync().WaitAsync(TimeSpan.FromSeconds(1), time, CancellationToken.None).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // The boundary to foreign code: callbacks on the token are the plugin's.
        catch (Exception ex)
#pragma warning restore CA1031
        {
            logger.LogWarning(ex, "A callback on the plugin's cancellation token failed.");
        }
    }

    private static EdgeHostException Copy(EdgeHostException ex)
        => new(Enum.IsDefined(ex.Code) ? ex.Code : ErrorCode.Internal, ex.Message)
        {
            RetryAfter = ex.RetryAfter,
            Details = new Dictionary<string, string>(ex.Details, StringComparer.Ordinal),
        };
}
