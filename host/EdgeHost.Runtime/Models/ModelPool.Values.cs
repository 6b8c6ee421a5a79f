using EdgeHost.PluginSdk;

namespace EdgeHost.Runtime.Models;

/// <content>Values that plugins create and that steps give: bounded in size, and counted in the budget where they are large.</content>
internal sealed partial class ModelPool
{
    /// <summary>Checks a value before anything is allocated.</summary>
    /// <returns>Its bytes.</returns>
    internal long CheckValue(ElementType elementType, TensorShape shape)
    {
        if (elementType == ElementType.String) throw new EdgeHostException(ErrorCode.InvalidArgument, "Values of text cannot be created; use a numeric element type.");
        if (shape.IsDynamic) throw new EdgeHostException(ErrorCode.InvalidArgument, $"A value needs a fully known shape, not {shape}.");
        long bytes;
        try
        {
            bytes = checked(shape.ElementCount * elementType.SizeInBytes());
        }
        catch (OverflowException)
        {
            bytes = long.MaxValue;
        }

        if (bytes > _options.MaxValueBytes)
        {
            throw new EdgeHostException(
                ErrorCode.ResourceExhausted, $"A value of {elementType} {shape} needs {Bytes.ToText(bytes)}; the limit is {Bytes.ToText(_options.MaxValueBytes)}.");
        }

        return bytes;
    }

    /// <summary>Makes a value; a large one only where the budget has room for it. The caller holds a reference.</summary>
    internal ModelValue CreateValue(ModelEntry entry, CallScope scope, ElementType elementType, TensorShape shape, long bytes)
    {
        if (bytes < _options.LargeValueBytes) return entry.Session!.CreateValue(elementType, shape);
        var effects = default(PoolEffects);
        EdgeHostException? refusal = null;
        lock (_gate)
        {
            if (TryMakeRoom(bytes, $"to make room for a value of {entry.Name}", ref effects)) _ledger.AddLargeValue(bytes);
            else refusal = OverBudget($"A value of {elementType} {shape}", bytes, except: null);
        }

        CarryOut(effects);
        if (refusal is not null)
        {
            Refused(entry.Name, scope.App.Name, refusal);
            throw refusal;
        }

        var charge = new LargeValueCharge(this, bytes);
        try
        {
            var value = entry.Session!.CreateValue(elementType, shape);
            value.AttachCharge(charge);
            return value;
        }
        catch
        {
            charge.Dispose();
            throw;
        }
    }

    internal void ReturnLargeValue(long bytes)
    {
        lock (_gate)
        {
            _ledger.AddLargeValue(-bytes);
        }
    }

    /// <summary>Counts the large ones among a step's outputs. They exist already, so that nothing is refused.</summary>
    private void ChargeOutputs(ModelEntry entry, CallScope scope, IReadOnlyList<ModelValue> outputs)
    {
        for (var i = 0; i < outputs.Count; i++)
        {
            var output = outputs[i];
            if (output.ElementType == ElementType.String) continue;
            var bytes = output.Shape.ElementCount * output.ElementType.SizeInBytes();
            if (bytes < _options.LargeValueBytes) continue;
            var effects = default(PoolEffects);
            lock (_gate)
            {
                MakeWhatRoomThereIs(bytes, $"to make room for an output of {entry.Name}", ref effects);
                _ledger.AddLargeValue(bytes);
                NoteExcess($"{entry.Name} gave {scope.App.Name} an output of {Bytes.ToText(bytes)}", bytes, ref effects);
            }

            CarryOut(effects);
            output.AttachCharge(new LargeValueCharge(this, bytes));
        }
    }
}
