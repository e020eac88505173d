using AemloBridge.Data;
using AemloBridge.Features;

namespace AemloBridge.Neighbours;

/// <summary>P_j(v) of every value of every nominal column, over all original rows; 0 for a value that no row has.</summary>
internal static class ValueProbabilities
{
    /// <summary>One table per nominal column, null for numeric ones.</summary>
    public static double[]?[] Of(FeatureMatrix features, ReadOnlySpan<ColumnStatistics> columns, LabelMatrix labels, int label)
    {
        var tables = new double[]?[columns.Length];
        for (int column = 0; column < tables.Length; column++)
        {
            if (columns[column].ValueCounts.Length > 0)
                tables[column] = new double[columns[column].ValueCounts.Length];
        }

        int positives = 0;
        var stored = new int[columns.Length];
        for (int row = 0; row < features.RowCount; row++)
        {
            if (!labels[row, label])
                continue;
            positives++;
            ReadOnlySpan<double> values = features.RowValues(row);
            ReadOnlySpan<int> places = features.IsSparse ? features.RowColumns(row) : [];
            for (int entry = 0; entry < values.Length; entry++)
            {
                int column = features.IsSparse ? places[entry] : entry;
                stored[column]++;
                if (tables[column] is double[] counts && !double.IsNaN(values[entry]))
                    counts[(int)values[entry]]++;
            }
        }

        for (int column = 0; column < tables.Length; column++)
        {
            if (tables[column] is not double[] table)
                continue;
            table[0] += positives - stored[column];
            for (int value = 0; value < table.Length; value++)
            {
                int rows = columns[column].ValueCounts[value];
                table[value] = rows == 0 ? 0 : table[value] / rows;
            }
        }

        return tables;
    }
}
