namespace EdgeHost.Optimisation.Runs;

/// <summary>How a model is made smaller or faster.</summary>
public enum OptimiseMethod
{
    /// <summary>Only what no result depends on goes: constants and nodes that nobody reads, copies, nodes that pass a value on.</summary>
    Clean = 0,

    /// <summary>Weights as 16-bit floats: half of the file, the same speed, hardly any change of answers.</summary>
    Float16 = 1,

    /// <summary>Weights of 8 bits, a scale for each channel: a quarter of the file at the same speed.</summary>
    Weights8 = 2,

    /// <summary>Matrices of 4 bits, in memory too; other weights of 8.</summary>
    Weights4 = 3,

    /// <summary>Products in 8-bit integers, inputs rounded anew in each run. Needs no examples to measure ranges.</summary>
    Dynamic = 4,

    /// <summary>Convolutions and products in 8-bit integers, with ranges measured on examples: the fastest.</summary>
    Static = 5,
}
