namespace EdgeHost.Runtime.Models;

/// <content>Side files of models, cached with their model and counted in its bytes.</content>
internal sealed partial class ModelPool
{
    /// <summary>Reads a file once however many ask; the caller holds a reference.</summary>
    internal Task<ReadOnlyMemory<byte>> ReadFileAsync(ModelEntry entry, string name)
    {
        lock (_gate)
        {
            if (entry.Files.TryGetValue(name, out var read)) return read;
            if (!entry.Artifact.Files.TryGetValue(name, out var path))
            {
                throw new EdgeHostException(
                    ErrorCode.NotFound,
                    $"The model '{entry.Name}' has no file '{name}'; it has {string.Join(", ", entry.Artifact.Files.Keys.Order(StringComparer.Ordinal))}.");
            }

            // The read outlives callers that stop waiting, so it holds the model by itself.
            entry.References++;
            read = Task.Run(() => ReadAsync(entry, name, path));
            entry.Files.Add(name, read);
            return read;
        }
    }

    private async Task<ReadOnlyMemory<byte>> ReadAsync(ModelEntry entry, string name, string path)
    {
        long charged = 0;
        try
        {
            var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.Asynchronous | FileOptions.SequentialScan);
            await using (stream.ConfigureAwait(false))
            {
                var length = stream.Length;
                if (length > _options.MaxFileBytes)
                {
                    throw new EdgeHostException(
                        ErrorCode.ResourceExhausted,
                        $"The file '{name}' of '{entry.Name}' has {Bytes.ToText(length)}; the limit is {Bytes.ToText(_options.MaxFileBytes)}.");
                }

                ChargeFile(entry, name, length);
                charged = length;
                var content = new byte[length];
                await stream.ReadExactlyAsync(content, entry.LoadCancellation.Token).ConfigureAwait(false);
                charged = 0;
                return content;
            }
        }
        catch (Exception e)
        {
            lock (_gate)
            {
                entry.Files.Remove(name);
                if (charged > 0) _ledger.AddFile(entry, -charged);
            }

            if (e is IOException or UnauthorizedAccessException)
            {
                throw new EdgeHostException(
                    ErrorCode.DataLoss, $"The file '{name}' of '{entry.Name}' cannot be read; run `edgehost models verify {entry.Key.Id}`.", e);
            }

            throw;
        }
        finally
        {
            Release(entry);
        }
    }

    private void ChargeFile(ModelEntry entry, string name, long bytes)
    {
        var effects = default(PoolEffects);
        EdgeHostException? refusal = null;
        lock (_gate)
        {
            if (TryMakeRoom(bytes, $"to make room for a file of {entry.Name}", ref effects)) _ledger.AddFile(entry, bytes);
            else refusal = OverBudget($"The file '{name}' of '{entry.Name}'", bytes, except: null);
        }

        CarryOut(effects);
        if (refusal is null) return;
        Refused(entry.Name, app: null, refusal);
        throw refusal;
    }
}
