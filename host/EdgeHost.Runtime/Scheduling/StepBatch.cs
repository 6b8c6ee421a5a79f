using EdgeHost.PluginSdk;
using EdgeHost.Runtime.Models;
using EdgeHost.Runtime.Scheduling.Policies;

namespace EdgeHost.Runtime.Scheduling;

/// <summary>
/// Steps of one model joined along its batch axis: one copy in, one run, one copy out. Owns the joined inputs. Not thread-safe.
/// </summary>
internal sealed class StepBatch : IDisposable
{
    private readonly IReadOnlyList<StepTicket> _tickets;
    private readonly ModelBatching _batching;
    private readonly long _entries;

    private StepBatch(IReadOnlyList<StepTicket> tickets, ModelBatching batching, ModelStep step, long entries)
    {
        _tickets = tickets;
        _batching = batching;
        _entries = entries;
        Step = step;
    }

    /// <summary>The joined step.</summary>
    public ModelStep Step { get; }

    /// <summary>What a step may be joined with, and how many entries it brings; null where it cannot be joined.</summary>
    public static (BatchKey Key, int Entries)? KeyOf(StepRequest request)
    {
        if (request.Batching is not { } batching || request.Step.Inputs.Count == 0) return null;
        var hash = new HashCode();
        long entries = 0;
        foreach (var (name, value) in request.Step.Inputs)
        {
            var dimensions = value.Shape.Dimensions;
            if (dimensions.Length <= batching.Axis || !TensorCopy.CanCopy(value.ElementType)) return null;
            if (entries == 0) entries = dimensions[batching.Axis];
            if (entries != dimensions[batching.Axis] || entries <= 0 || entries > batching.MaxSize) return null;
            hash.Add(name, StringComparer.Ordinal);
            hash.Add(value.ElementType);
            hash.Add(dimensions.Length);
            for (var i = 0; i < dimensions.Length; i++)
            {
                if (i != batching.Axis && PaddedAxisOf(batching, name, i) is null) hash.Add(dimensions[i]);
            }
        }

        foreach (var output in request.Step.Outputs)
        {
            hash.Add(output, StringComparer.Ordinal);
        }

        return (new BatchKey(request.Session, hash.ToHashCode()), (int)entries);
    }

    /// <summary>Joins the inputs of a run's steps; null where they do not fit one another after all or there is no memory for it.</summary>
    public static StepBatch? TryJoin(DeviceRun run, CancellationToken cancellationToken)
    {
        var tickets = run.Tickets;
        var head = ((QueuedStep)run.Head).Request;
        var batching = head.Batching!;
        var inputs = new List<NamedValue>(head.Step.Inputs.Count);
        try
        {
            for (var i = 0; i < head.Step.Inputs.Count && !cancellationToken.IsCancellationRequested; i++)
            {
                if (Join(tickets, i, batching, head) is not { } joined) break;
                inputs.Add(joined);
            }

            if (inputs.Count == head.Step.Inputs.Count)
            {
                var step = new ModelStep { Inputs = inputs, Outputs = head.Step.Outputs, IsRepeatable = head.Step.IsRepeatable };
                return new StepBatch(tickets, batching, step, run.Entries);
            }
        }
#pragma warning disable CA1031 // Joining is an economy: where it fails for whatever reason the steps run one by one, and the bad one gives its own error.
        catch (Exception)
#pragma warning restore CA1031
        {
            // Fall through: what was made is disposed below.
        }

        Dispose(inputs);
        return null;
    }

    /// <summary>Gives each step its part of the outputs, as copies; false where they do not follow the batch axis.</summary>
    public bool TrySplit(IReadOnlyList<ModelValue> outputs, StepOutcome[] outcomes)
    {
        foreach (var output in outputs)
        {
            if (output.Shape.Rank <= _batching.Axis || output.Shape[_batching.Axis] != _entries || !TensorCopy.CanCopy(output.ElementType)) return false;
        }

        long offset = 0;
        for (var i = 0; i < outcomes.Length; i++)
        {
            var step = (QueuedStep)_tickets[i];
            outcomes[i] = step.IsCancelled ? new StepOutcome(null, new OperationCanceledException()) : TrySplit(outputs, step, offset);
            offset += step.Entries;
        }

        return true;
    }

    public void Dispose() => Dispose(Step.Inputs);

    private static NamedValue? Join(IReadOnlyList<StepTicket> tickets, int index, ModelBatching batching, StepRequest head)
    {
        var (name, first) = head.Step.Inputs[index];
        var shape = first.Shape.Dimensions.ToArray();
        shape[batching.Axis] = 0;
        PaddedAxis? padded = null;
        var isRagged = false;
        foreach (var ticket in tickets)
        {
            var (otherName, other) = ((QueuedStep)ticket).Request.Step.Inputs[index];
            if (otherName != name || other.ElementType != first.ElementType || other.Shape.Rank != shape.Length) return null;
            for (var axis = 0; axis < shape.Length; axis++)
            {
                if (axis == batching.Axis)
                {
                    shape[axis] += other.Shape[axis];
                }
                else if (other.Shape[axis] != shape[axis])
                {
                    padded = PaddedAxisOf(batching, name, axis);
                    if (padded is null) return null;
                    isRagged = true;
                    shape[axis] = Math.Max(shape[axis], other.Shape[axis]);
                }
            }
        }

        var value = head.Session.CreateValue(first.ElementType, new TensorShape(shape));
        try
        {
            if (isRagged) TensorCopy.Fill(value, padded!.Value);
            long offset = 0;
            foreach (var ticket in tickets)
            {
                var part = ((QueuedStep)ticket).Request.Step.Inputs[index].Value;
                TensorCopy.Copy(part, 0, value, offset, batching.Axis, part.Shape.Dimensions);
                offset += part.Shape[batching.Axis];
            }
        }
        catch
        {
            value.Dispose();
            throw;
        }

        return new NamedValue(name, value);
    }

    private static PaddedAxis? PaddedAxisOf(ModelBatching batching, string input, int axis)
    {
        foreach (var padded in batching.PaddedAxes)
        {
            if (padded.Axis == axis && padded.Input == input) return padded;
        }

        return null;
    }

    private static void Dispose(IReadOnlyList<NamedValue> inputs)
    {
        foreach (var input in inputs)
        {
            input.Value.Dispose();
        }
    }

    private StepOutcome TrySplit(IReadOnlyList<ModelValue> outputs, QueuedStep step, long offset)
    {
        try
        {
            return new StepOutcome(Split(outputs, step, offset), null);
        }
        catch (EdgeHostException e)
        {
            return new StepOutcome(null, e);
        }
#pragma warning disable CA1031 // The boundary to the engine's values: a fault there must end this step, not the worker.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return new StepOutcome(null, new EdgeHostException(ErrorCode.Internal, $"The outputs of a joined step of '{step.Model}' could not be taken apart.", e));
        }
    }

    private ModelValue[] Split(IReadOnlyList<ModelValue> outputs, QueuedStep step, long offset)
    {
        var request = step.Request;
        var parts = new ModelValue[outputs.Count];
        var made = 0;
        try
        {
            for (; made < parts.Length; made++)
            {
                var output = outputs[made];
                var box = output.Shape.Dimensions.ToArray();
                box[_batching.Axis] = step.Entries;
                Trim(box, request, request.Step.Outputs.Count > 0 ? request.Step.Outputs[made] : request.Session.Outputs[made].Name);
                var part = request.Session.CreateValue(output.ElementType, new TensorShape(box));
                parts[made] = part;
                TensorCopy.Copy(output, offset, part, 0, _batching.Axis, box);
            }

            return parts;
        }
        catch
        {
            foreach (var part in parts)
            {
                part?.Dispose();
            }

            throw;
        }
    }

    /// <summary>Cuts off what only the padding made.</summary>
    private void Trim(long[] box, StepRequest request, string output)
    {
        foreach (var padded in _batching.PaddedAxes)
        {
            if (padded.Output != output || padded.OutputAxis >= box.Length) continue;
            for (var i = 0; i < Step.Inputs.Count; i++)
            {
                if (Step.Inputs[i].Name != padded.Input || padded.Axis >= Step.Inputs[i].Value.Shape.Rank) continue;
                var whole = Step.Inputs[i].Value.Shape[padded.Axis];
                var own = request.Step.Inputs[i].Value.Shape[padded.Axis];
                if (whole > 0 && own < whole) box[padded.OutputAxis] = ((box[padded.OutputAxis] * own) + whole - 1) / whole;
            }
        }
    }
}
