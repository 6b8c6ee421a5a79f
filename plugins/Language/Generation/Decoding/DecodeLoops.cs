using System.Runtime.CompilerServices;
using EdgeHost.Plugins.Language.Generation.Caching;
using EdgeHost.Plugins.Language.Generation.Models;

namespace EdgeHost.Plugins.Language.Generation.Decoding;

/// <summary>The loop of each model that is used. Thread-safe.</summary>
internal sealed class DecodeLoops(GenerationOptions options, CacheBudget budget)
{
    private readonly ConditionalWeakTable<GenerationModel, DecodeLoop> _loops = [];

    /// <summary>The loop of a model.</summary>
    public DecodeLoop Of(GenerationModel model) => _loops.GetValue(model, made => new DecodeLoop(made, options, budget));
}
