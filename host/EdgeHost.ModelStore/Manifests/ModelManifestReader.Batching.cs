using System.Text.Json;

namespace EdgeHost.ModelStore.Manifests;

/// <content>How steps may be joined.</content>
public static partial class ModelManifestReader
{
    private const int MaxAxis = 15;
    private const int MaxPaddedAxes = 16;

    private static VariantBatching? ReadBatching(StrictObject variant, List<ManifestProblem> problems)
    {
        // Manifests before 0.2 named the axis alone.
        var axis = variant.OptionalInteger("batch_axis", 0, MaxAxis);
        if (variant.OptionalChild("batching") is not { } element) return axis is { } old ? new VariantBatching { Axis = (int)old } : null;
        if (axis is not null) variant.Problem("batch_axis", "Stands beside 'batching', which says the same; remove it.");
        var batching = new StrictObject(element, variant.At("batching"), problems, "axis", "max_size", "padded_axes");
        var batchAxis = (int)batching.Integer("axis", 0, MaxAxis);
        return new VariantBatching
        {
            Axis = batchAxis,
            MaxSize = (int)(batching.OptionalInteger("max_size", 2, 256) ?? 8),
            PaddedAxes = batching.OptionalChild("padded_axes") is null
                ? []
                : [.. batching.Items("padded_axes", MaxPaddedAxes).Select(item => ReadPadding(item.Element, item.Path, batchAxis, problems))],
        };
    }

    private static VariantPadding ReadPadding(JsonElement element, string path, int batchAxis, List<ManifestProblem> problems)
    {
        var padding = new StrictObject(element, path, problems, "input", "axis", "value", "output", "output_axis");
        var read = new VariantPadding(
            padding.Text("input"),
            (int)padding.Integer("axis", 0, MaxAxis),
            padding.OptionalNumber("value") ?? 0,
            padding.OptionalText("output"),
            (int)(padding.OptionalInteger("output_axis", 0, MaxAxis) ?? 0));
        if (padding.IsObject && read.Axis == batchAxis) padding.Problem("axis", "Is the batch axis; another one has to be filled up.");
        if (read.Output is not null && read.OutputAxis == batchAxis) padding.Problem("output_axis", "Is the batch axis; say which axis of the output follows the input's.");
        return read;
    }
}
