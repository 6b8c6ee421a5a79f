using System.ComponentModel.DataAnnotations;

namespace EdgeHost.ModelImport;

/// <summary>What a model of another format may have at most to be imported. Read once.</summary>
public sealed class ModelImportOptions
{
    /// <summary>The configuration section that holds these settings.</summary>
    public const string Section = "ModelImport";

    /// <summary>The most bytes of the file that describes a model, and of all its files together, 1 KiB to 2 GiB - 64 KiB. Default: 512 MiB.</summary>
    [Range(1L << 10, (2L << 30) - (64 << 10))]
    public long MaxSourceBytes { get; set; } = 512L << 20;

    /// <summary>The most bytes that all constants may take once they are whole numbers or 32-bit floats, 1 KiB to 2 GiB - 64 KiB. Default: 1 GiB.</summary>
    [Range(1L << 10, (2L << 30) - (64 << 10))]
    public long MaxConstantBytes { get; set; } = 1L << 30;

    /// <summary>The most operators of a graph, 1 to 10,000,000. Default: 100,000.</summary>
    [Range(1, 10_000_000)]
    public int MaxOperators { get; set; } = 100_000;
}
