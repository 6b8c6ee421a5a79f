namespace EdgeHost.ModelTools.Optimising;

/// <summary>What a rewriting of weights did.</summary>
/// <param name="Quantised">Constants that have fewer bits now.</param>
/// <param name="StoredAsFloat16">Constants that were kept and are stored as 16-bit floats.</param>
/// <param name="BytesBefore">Bytes of the constants that were looked at, before.</param>
/// <param name="BytesAfter">The same, after.</param>
public readonly record struct QuantisationReport(int Quantised, int StoredAsFloat16, long BytesBefore, long BytesAfter);
