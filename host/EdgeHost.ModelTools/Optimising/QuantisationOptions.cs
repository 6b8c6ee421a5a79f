namespace EdgeHost.ModelTools.Optimising;

/// <summary>Which constants are made smaller, and how. Immutable.</summary>
public sealed record QuantisationOptions
{
    /// <summary>Constants of fewer elements stay as they are: they cost nothing, and what they hold is often a bias or a scale. Default 512; at least 1.</summary>
    public int MinElements { get; init; } = 512;

    /// <summary>Values that share a scale in 4-bit weights, along the inputs. Default 32; 16, 32, 64, 128 or 256.</summary>
    public int BlockSize { get; init; } = 32;

    /// <summary>Constants, by name, that stay as they are because results depend on them too much.</summary>
    public IReadOnlySet<string> Keep { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>Whether those that are kept are stored as 16-bit floats rather than left alone. Default true.</summary>
    public bool StoresKeptAsFloat16 { get; init; } = true;

    /// <summary>Throws where a value is out of its range.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>.</exception>
    public void Validate()
    {
        if (MinElements < 1) throw new EdgeHostException(ErrorCode.InvalidArgument, $"MinElements is {MinElements}; it is at least 1.");
        if (BlockSize is not (16 or 32 or 64 or 128 or 256))
        {
            throw new EdgeHostException(ErrorCode.InvalidArgument, $"BlockSize is {BlockSize}; it is 16, 32, 64, 128 or 256.");
        }
    }
}
