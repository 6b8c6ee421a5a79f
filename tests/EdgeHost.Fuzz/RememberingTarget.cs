namespace EdgeHost.Fuzz;

/// <summary>Writes each input to a file before it is fed, so that the last one is known when the process dies of it.</summary>
/// <param name="inner">The target; not owned.</param>
/// <param name="path">The file.</param>
internal sealed class RememberingTarget(IFuzzTarget inner, string path) : IFuzzTarget
{
    public string Name => inner.Name;

    public IReadOnlyList<byte[]> Tokens => inner.Tokens;

    public async ValueTask<IReadOnlyCollection<string>> RunAsync(byte[] input)
    {
        await File.WriteAllBytesAsync(path, input);
        return await inner.RunAsync(input);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
