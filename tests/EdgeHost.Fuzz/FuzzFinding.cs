namespace EdgeHost.Fuzz;

/// <summary>An input that breaks a target.</summary>
/// <param name="Input">The bytes.</param>
/// <param name="Error">How.</param>
internal sealed record FuzzFinding(byte[] Input, Exception Error)
{
    public override string ToString() => $"{Convert.ToHexStringLower(Input)}\n{Error}";
}
