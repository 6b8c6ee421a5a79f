using EdgeHost.Plugins.Vision.Inputs;
using EdgeHost.PluginSdk;

namespace EdgeHost.Plugins.Vision.Models;

/// <summary>How models of one kind are used; a model's manifest names its family. Immutable.</summary>
/// <param name="Name">What manifests call it.</param>
/// <param name="Recipe">How their pictures are made, unless the manifest says otherwise.</param>
internal record PictureFamily(string Name, InputRecipe Recipe)
{
    /// <summary>Names of the outputs that are needed, in their order; empty: all of the model, in its order.</summary>
    public IReadOnlyList<string> Outputs { get; init; } = [];

    /// <summary>The outputs that are needed of a model.</summary>
    public virtual IReadOnlyList<string> OutputsOf(ModelDescription model) => Outputs;
}
