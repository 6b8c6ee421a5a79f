using System.Globalization;

namespace EdgeHost;

/// <summary>
/// The dimensions of a tensor, outermost first. A dimension of -1 means "any" and appears only in model metadata.
/// Immutable and thread-safe; compares by value.
/// </summary>
public readonly struct TensorShape : IEquatable<TensorShape>
{
    private readonly long[]? _dimensions;

    /// <summary>Creates a shape.</summary>
    /// <param name="dimensions">Each ≥ -1; none for a scalar. The values are copied.</param>
    /// <exception cref="ArgumentOutOfRangeException">A dimension is below -1.</exception>
    public TensorShape(params ReadOnlySpan<long> dimensions)
    {
        foreach (var dimension in dimensions)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(dimension, -1, nameof(dimensions));
        }

        _dimensions = dimensions.IsEmpty ? null : dimensions.ToArray();
    }

    /// <summary>Number of dimensions; 0 for a scalar.</summary>
    public int Rank => _dimensions?.Length ?? 0;

    /// <summary>The dimensions, outermost first.</summary>
    public ReadOnlySpan<long> Dimensions => _dimensions;

    /// <summary>Whether a dimension is -1 (any).</summary>
    public bool IsDynamic => Dimensions.Contains(-1);

    /// <summary>The dimension at an index.</summary>
    /// <param name="index">0 to <see cref="Rank"/> - 1.</param>
    public long this[int index] => Dimensions[index];

    /// <summary>Number of elements: the product of the dimensions, 1 for a scalar.</summary>
    /// <exception cref="InvalidOperationException">The shape is dynamic.</exception>
    /// <exception cref="OverflowException">The product exceeds 2^63 - 1.</exception>
    public long ElementCount
    {
        get
        {
            long count = 1;
            foreach (var dimension in Dimensions)
            {
                if (dimension < 0) throw new InvalidOperationException($"The shape {ToString()} is dynamic.");
                count = checked(count * dimension);
            }

            return count;
        }
    }

    /// <summary>Whether two shapes have the same dimensions.</summary>
    public static bool operator ==(TensorShape left, TensorShape right) => left.Equals(right);

    /// <summary>Whether two shapes differ.</summary>
    public static bool operator !=(TensorShape left, TensorShape right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(TensorShape other) => Dimensions.SequenceEqual(other.Dimensions);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is TensorShape other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var dimension in Dimensions)
        {
            hash.Add(dimension);
        }

        return hash.ToHashCode();
    }

    /// <summary>The shape as <c>[1,3,?,320]</c>; <c>[]</c> for a scalar.</summary>
    public override string ToString()
    {
        var parts = new string[Rank];
        for (var i = 0; i < parts.Length; i++)
        {
            parts[i] = this[i] < 0 ? "?" : this[i].ToString(CultureInfo.InvariantCulture);
        }

        return $"[{string.Join(',', parts)}]";
    }
}
