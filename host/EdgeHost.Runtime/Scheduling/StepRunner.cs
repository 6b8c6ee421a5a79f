using EdgeHost.PluginSdk;
using EdgeHost.Runtime.Devices;
using Microsoft.Extensions.Logging;

namespace EdgeHost.Runtime.Scheduling;

/// <summary>
/// Runs what the schedule put together, on the calling thread and outside all locks, and maps what the engine throws. Joined steps that do not fit one another
/// or are refused as one run one by one, so that a bad one fails alone. Thread-safe.
/// </summary>
internal sealed class StepRunner(DeviceDescription device, ILogger logger)
{
    public RunResult Run(DeviceRun run)
    {
        var termination = run.Termination.Token;
        if (run.Tickets.Count == 1)
        {
            var step = (QueuedStep)run.Head;
            return new RunResult(RunOne(step.Request, step.Request.Step, termination), null, WasJoined: true, step.Bucket);
        }

        var outcomes = new StepOutcome[run.Tickets.Count];
        if (TryRunJoined(run, outcomes, termination, out var bucket)) return new RunResult(outcomes[0], outcomes, WasJoined: true, bucket);
        for (var i = 0; i < outcomes.Length; i++)
        {
            var step = (QueuedStep)run.Tickets[i];
            outcomes[i] = step.IsCancelled || termination.IsCancellationRequested
                ? new StepOutcome(null, new OperationCanceledException())
                : RunOne(step.Request, step.Request.Step, termination);
        }

        return new RunResult(outcomes[0], outcomes, WasJoined: false, 0);
    }

    private bool TryRunJoined(DeviceRun run, StepOutcome[] outcomes, CancellationToken termination, out long bucket)
    {
        bucket = 0;
        var head = ((QueuedStep)run.Head).Request;
        StepOutcome joinedOutcome;
        using var batch = StepBatch.TryJoin(run, termination);
        if (batch is null) return false;
        bucket = ShapeBucket.Of(batch.Step);
        joinedOutcome = RunOne(head, batch.Step, termination);
        if (joinedOutcome.Failure is EdgeHostException { Code: ErrorCode.InvalidArgument }) return false;
        if (joinedOutcome.Outputs is not { } outputs)
        {
            Array.Fill(outcomes, joinedOutcome);
            return true;
        }

        try
        {
            if (batch.TrySplit(outputs, outcomes)) return true;
            logger.LogWarning(
                "{Model} allows joined steps, but its outputs {Shapes} do not follow the batch axis; its steps run one by one.",
                head.Model,
                string.Join(' ', outputs.Select(output => output.Shape)));
            return false;
        }
        finally
        {
            joinedOutcome.DisposeOutputs();
        }
    }

    private StepOutcome RunOne(StepRequest request, ModelStep step, CancellationToken termination)
    {
        try
        {
            return new StepOutcome(request.Session.Run(step, termination), null);
        }
        catch (OperationCanceledException e) when (termination.IsCancellationRequested)
        {
            return new StepOutcome(null, e);
        }
        catch (DeviceFaultException e)
        {
            // It had begun, whatever the engine says: only a repeatable step may be run again elsewhere.
            return new StepOutcome(null, e.HasStarted ? e : new DeviceFaultException(e.Device, e.Message, e) { HasStarted = true, RunEnded = e.RunEnded });
        }
        catch (EdgeHostException e)
        {
            return new StepOutcome(null, e);
        }
#pragma warning disable CA1031 // The boundary to the engine: a fault there must end this step, not the worker. Logged and mapped here.
        catch (Exception e)
#pragma warning restore CA1031
        {
            logger.LogError(e, "A step of {Model} on {Device} failed in the engine.", request.Model, device.Id);
            return new StepOutcome(null, new EdgeHostException(ErrorCode.Internal, $"A step of '{request.Model}' failed inside the engine on '{device.Id}'.", e));
        }
    }
}
