using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace EdgeHost.ModelStore.Manifests;

/// <summary>Writes manifests in one canonical form: what installed records hold, and how two manifests are compared. Thread-safe.</summary>
public static class ModelManifestWriter
{
    internal static readonly JsonWriterOptions Style = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes a manifest.</summary>
    /// <param name="manifest">The manifest; <see cref="ModelManifestReader"/> says whether it is a valid one.</param>
    /// <returns>JSON as UTF-8.</returns>
    public static byte[] Write(ModelManifest manifest)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Style))
        {
            Write(writer, manifest);
        }

        return buffer.WrittenSpan.ToArray();
    }

    internal static void Write(Utf8JsonWriter writer, ModelManifest manifest)
    {
        writer.WriteStartObject();
        writer.WriteString("id", manifest.Id);
        writer.WriteString("version", manifest.Version);
        writer.WriteString("task", manifest.Task);
        writer.WriteString("summary", manifest.Summary);
        writer.WriteStartObject("licence");
        writer.WriteString("spdx", manifest.Licence.Spdx);
        writer.WriteBoolean("permissive", manifest.Licence.Permissive);
        writer.WriteString("notice", manifest.Licence.Notice);
        if (manifest.Licence.Url is { } url) writer.WriteString("url", url.OriginalString);
        writer.WriteEndObject();
        if (manifest.IsShipped) writer.WriteBoolean("shipped", true);
        WriteUses(writer, manifest);
        writer.WriteStartArray("variants");
        foreach (var variant in manifest.Variants)
        {
            Write(writer, variant);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    // Left out where there is nothing, so that manifests without them read and compare as they always did.
    private static void WriteUses(Utf8JsonWriter writer, ModelManifest manifest)
    {
        if (manifest.Properties.Count > 0)
        {
            writer.WriteStartObject("properties");
            foreach (var (name, value) in manifest.Properties.OrderBy(property => property.Key, StringComparer.Ordinal))
            {
                writer.WriteString(name, value);
            }

            writer.WriteEndObject();
        }

        if (manifest.Requires.Count == 0) return;
        writer.WriteStartArray("requires");
        foreach (var required in manifest.Requires)
        {
            writer.WriteStringValue(required);
        }

        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, ModelVariant variant)
    {
        writer.WriteStartObject();
        writer.WriteString("name", variant.Name);
        writer.WriteString("graph", variant.Graph);
        writer.WriteStartArray("devices");
        foreach (var device in variant.Devices)
        {
            writer.WriteStringValue(device switch { DeviceKind.Npu => "npu", DeviceKind.Gpu => "gpu", _ => "cpu" });
        }

        writer.WriteEndArray();
        if (variant.MemoryBytes is { } memory) writer.WriteNumber("memory_bytes", memory);
        if (variant.Batching is { } batching) Write(writer, batching);
        if (variant.Import is { } import) Write(writer, import);
        writer.WriteStartArray("files");
        foreach (var file in variant.Files)
        {
            writer.WriteStartObject();
            writer.WriteString("name", file.Name);
            writer.WriteString("sha256", file.Sha256);
            writer.WriteNumber("bytes", file.Bytes);
            writer.WriteStartArray("sources");
            foreach (var source in file.Sources)
            {
                writer.WriteStringValue(source.Text);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, VariantImport import)
    {
        writer.WriteStartObject("import");
        writer.WriteString("format", import.FormatName);
        writer.WriteStartArray("files");
        foreach (var file in import.Files)
        {
            writer.WriteStringValue(file);
        }

        writer.WriteEndArray();
        if (import.Means.Count > 0)
        {
            writer.WriteStartObject("means");
            foreach (var (output, node) in import.Means) writer.WriteString(output, node);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, VariantBatching batching)
    {
        writer.WriteStartObject("batching");
        writer.WriteNumber("axis", batching.Axis);
        writer.WriteNumber("max_size", batching.MaxSize);
        if (batching.PaddedAxes.Count > 0)
        {
            writer.WriteStartArray("padded_axes");
            foreach (var padding in batching.PaddedAxes)
            {
                writer.WriteStartObject();
                writer.WriteString("input", padding.Input);
                writer.WriteNumber("axis", padding.Axis);
                writer.WriteNumber("value", padding.Value);
                if (padding.Output is { } output)
                {
                    writer.WriteString("output", output);
                    writer.WriteNumber("output_axis", padding.OutputAxis);
                }

                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }
}
