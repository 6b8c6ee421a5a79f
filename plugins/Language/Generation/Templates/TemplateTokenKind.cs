namespace EdgeHost.Plugins.Language.Generation.Templates;

/// <summary>What a part of a template's code is.</summary>
internal enum TemplateTokenKind
{
    /// <summary>Text outside of tags.</summary>
    Data = 0,

    /// <summary>Begins <c>{{ … }}</c>.</summary>
    OpenExpression = 1,

    /// <summary>Begins <c>{% … %}</c>.</summary>
    OpenStatement = 2,

    /// <summary>Ends either.</summary>
    Close = 3,

    /// <summary>A name or a word of the language.</summary>
    Name = 4,

    /// <summary>A text in quotes.</summary>
    Text = 5,

    /// <summary>A number.</summary>
    Number = 6,

    /// <summary>An operator.</summary>
    Operator = 7,

    /// <summary>The end of the template.</summary>
    End = 8,
}
