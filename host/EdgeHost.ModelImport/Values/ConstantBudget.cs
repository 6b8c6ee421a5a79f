namespace EdgeHost.ModelImport.Values;

/// <summary>What is left of the bytes that a model's constants may take. Asked before anything is allocated. Not thread-safe.</summary>
internal sealed class ConstantBudget(long mostBytes)
{
    private long _taken;

    /// <summary>Sets bytes aside.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.ResourceExhausted"/>: there are not as many left.</exception>
    public void Take(long elements, int bytesEach, string what)
    {
        if (elements > (mostBytes - _taken) / bytesEach)
        {
            throw ImportProblem.TooLarge($"{what} has {elements} values; all constants together may take {mostBytes} bytes", nameof(ModelImportOptions.MaxConstantBytes));
        }

        _taken += elements * bytesEach;
    }
}
