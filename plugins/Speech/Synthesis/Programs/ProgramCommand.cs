namespace EdgeHost.Plugins.Speech.Synthesis.Programs;

/// <summary>A program and its arguments. Text of apps is never among them: it goes through the standard input. Immutable; equal by its parts.</summary>
internal sealed class ProgramCommand : IEquatable<ProgramCommand>
{
    /// <summary>Stands for the file that the program writes, where it cannot write to its standard output.</summary>
    public const string OutputFile = "{output}";

    private readonly string _key;

    /// <summary>Makes a command.</summary>
    /// <param name="file">The program.</param>
    /// <param name="arguments">Its arguments; <see cref="OutputFile"/> becomes the path of a file of the run's own.</param>
    public ProgramCommand(ProgramFile file, params IReadOnlyList<string> arguments)
    {
        (File, Arguments, WritesFile) = (file, arguments, arguments.Contains(OutputFile));
        _key = string.Join('\0', arguments);
    }

    /// <summary>The program.</summary>
    public ProgramFile File { get; }

    /// <summary>Its arguments.</summary>
    public IReadOnlyList<string> Arguments { get; }

    /// <summary>Whether the output is a file's content rather than the standard output.</summary>
    public bool WritesFile { get; }

    /// <summary>The program's name for people.</summary>
    public string Name => Path.GetFileNameWithoutExtension(File.Path);

    public bool Equals(ProgramCommand? other) => other is not null && File == other.File && _key == other._key;

    public override bool Equals(object? obj) => Equals(obj as ProgramCommand);

    public override int GetHashCode() => HashCode.Combine(File, _key);
}
