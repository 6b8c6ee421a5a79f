namespace EdgeHost.ModelImport.Values;

/// <summary>What is said of files that cannot be taken.</summary>
internal static class ImportProblem
{
    private const int MostCharacters = 96;

    /// <summary>The file is damaged, or contradicts itself.</summary>
    public static EdgeHostException Damaged(string what) => new(ErrorCode.InvalidArgument, $"The model cannot be imported: {what}.");

    /// <summary>The file is well formed and uses something that is not known here.</summary>
    public static EdgeHostException Unknown(string what) => new(ErrorCode.Unimplemented, $"The model cannot be imported: {what}.");

    /// <summary>The file claims more than is allowed.</summary>
    public static EdgeHostException TooLarge(string what, string option)
        => new(ErrorCode.ResourceExhausted, $"The model cannot be imported: {what}. Raise ModelImport:{option} if you trust it.");

    /// <summary>A name of the file as messages show it.</summary>
    public static string Name(string name)
    {
        var text = name.Length <= MostCharacters ? name : name[..MostCharacters] + "…";
        return string.Concat(text.Select(c => char.IsControl(c) ? '?' : c));
    }
}
