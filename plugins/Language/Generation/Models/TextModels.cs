using EdgeHost.PluginSdk;

namespace EdgeHost.Plugins.Language.Generation.Models;

/// <summary>Finds models of a task and keeps what was read of those used last. Thread-safe.</summary>
internal sealed class TextModels
{
    /// <summary>The task of models that generate text.</summary>
    public const string Generation = "text-generation";

    /// <summary>The task of models that make vectors of texts.</summary>
    public const string Embedding = "text-embedding";

    private const int MostKept = 4;

    private readonly Lock _gate = new();
    private readonly List<(string Name, object Known)> _kept = [];

    /// <summary>Leases a model.</summary>
    /// <param name="models">Where models come from.</param>
    /// <param name="task">Its task.</param>
    /// <param name="id">Its id; null for the default of the task.</param>
    /// <param name="method">The method that needs it, for the error.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.NotFound"/>: no such model; <see cref="ErrorCode.FailedPrecondition"/>: none is there, with the command that gets one.</exception>
    public static async ValueTask<IModelLease> LeaseAsync(IModelProvider models, string task, string? id, string method, CancellationToken cancellationToken)
    {
        var known = await models.ListAsync(task, cancellationToken).ConfigureAwait(false);
        if (known.Count == 0)
        {
            throw new EdgeHostException(
                ErrorCode.FailedPrecondition,
                $"{method} has no model on this device: run 'edgehost models import hf:OWNER/NAME --id NAME' with a repository that has config.json, tokenizer.json and onnx/model.onnx, or give the folder where one is. A manifest of the task '{task}' in the catalogue does, too ('edgehost models pull NAME').");
        }

        var wanted = id is null ? known[0] : known.FirstOrDefault(model => model.Id == id.Split('@')[0])
            ?? throw new EdgeHostException(ErrorCode.NotFound, $"There is no model '{id}' of the task '{task}'; known are {string.Join(", ", known.Select(static model => model.Id))}.");
        return await models.LeaseAsync(id ?? wanted.Id, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What was read of a leased model, or reads it.</summary>
    /// <typeparam name="T">What is read.</typeparam>
    /// <param name="lease">The model.</param>
    /// <param name="read">Reads it.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public async ValueTask<T> OfAsync<T>(IModelLease lease, Func<IModelLease, CancellationToken, ValueTask<T>> read, CancellationToken cancellationToken)
        where T : class
    {
        var name = $"{lease.Model.Id}@{lease.Model.Version}/{lease.Model.Variant}";
        lock (_gate)
        {
            if (_kept.FirstOrDefault(kept => kept.Name == name && kept.Known is T).Known is T known) return known;
        }

        // Two calls may read it at once: the first one's is kept, both are right.
        var made = await read(lease, cancellationToken).ConfigureAwait(false);
        lock (_gate)
        {
            if (_kept.FirstOrDefault(kept => kept.Name == name && kept.Known is T).Known is T first) return first;
            if (_kept.Count == MostKept) _kept.RemoveAt(0);
            _kept.Add((name, made));
        }

        return made;
    }
}
