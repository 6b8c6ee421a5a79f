using System.Text;

namespace EdgeHost.Plugins.Language.Generation.Templates;

/// <summary>The names of one rendering, what was written, and its bounds. Not thread-safe.</summary>
internal sealed class TemplateScope
{
    private const int MostCharacters = 1 << 25;
    private const int MostSteps = 5_000_000;

    private readonly TemplateScope? _outer;
    private readonly TemplateScope _root;
    private readonly Dictionary<string, object?> _names = new(StringComparer.Ordinal);
    private int _steps;

    /// <summary>Begins a rendering.</summary>
    public TemplateScope() => (_root, Output) = (this, new StringBuilder());

    private TemplateScope(TemplateScope outer) => (_outer, _root, Output) = (outer, outer._root, outer.Output);

    /// <summary>What was written.</summary>
    public StringBuilder Output { get; }

    /// <summary>A scope inside of it, of a loop: what is set there is not seen outside.</summary>
    public TemplateScope Inner() => new(this);

    /// <summary>Sets a name in this scope.</summary>
    public void Set(string name, object? value) => _names[name] = value;

    /// <summary>What a name stands for; <see cref="TemplateValues.Undefined"/> if for nothing.</summary>
    public object? Get(string name)
    {
        for (var scope = this; scope is not null; scope = scope._outer)
        {
            if (scope._names.TryGetValue(name, out var value)) return value;
        }

        return TemplateValues.Undefined;
    }

    /// <summary>Writes.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.ResourceExhausted"/>: it becomes too long.</exception>
    public void Write(string text)
    {
        if (Output.Length + text.Length > MostCharacters) throw new EdgeHostException(ErrorCode.ResourceExhausted, $"The chat template makes more than {MostCharacters} characters of the conversation; send less.");
        Output.Append(text);
    }

    /// <summary>Counts a step.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.ResourceExhausted"/>: there were too many.</exception>
    public void Step()
    {
        if (++_root._steps > MostSteps) throw new EdgeHostException(ErrorCode.ResourceExhausted, $"The chat template takes more than {MostSteps} steps for the conversation; send less.");
    }
}
