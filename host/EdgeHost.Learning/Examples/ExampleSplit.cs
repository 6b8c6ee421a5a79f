namespace EdgeHost.Learning.Examples;

/// <summary>What an example is for. Given once when it is recorded, and never another. The numbers are in the database.</summary>
public enum ExampleSplit
{
    /// <summary>Models learn from it.</summary>
    Train = 0,

    /// <summary>Choices between models and the end of training are made with it.</summary>
    Validation = 1,

    /// <summary>What a model is worth is measured with it.</summary>
    Test = 2,
}
