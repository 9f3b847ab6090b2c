// SPDX-License-Identifier: GPL-3.0-only
// Matrix products against torch.matmul in float64, at sizes that are no multiple of a tile, and inside larger matrices.
#include "core/compute/cpu/product.h"

#include <QTest>

using namespace samout;
using torch::Tensor;

class ProductTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { kernels::useVectors(kernels::vectorWidths().front()); }

    void agrees_data()
    {
        QTest::addColumn<std::int64_t>("rows");
        QTest::addColumn<std::int64_t>("depth");
        QTest::addColumn<std::int64_t>("columns");
        const auto add = [](const char *name, std::int64_t rows, std::int64_t depth, std::int64_t columns) {
            QTest::newRow(name) << rows << depth << columns;
        };
        add("one number", 1, 1, 1);
        add("less than a tile", 3, 5, 7);
        add("whole tiles", 28, 64, 64);
        add("one more than whole tiles", 29, 65, 65);
        add("one row", 1, 100, 33);
        add("one row of many columns", 1, 100, 301);
        add("one column", 40, 100, 1);
        add("deeper than is read at once", 20, 1001, 45);
        add("more rows than meet a panel at once", 401, 17, 39);
    }
    void agrees()
    {
        QFETCH(std::int64_t, rows);
        QFETCH(std::int64_t, depth);
        QFETCH(std::int64_t, columns);
        torch::manual_seed(1);
        for (const int bits : kernels::vectorWidths()) {
            kernels::useVectors(bits);
            agree(rows, depth, columns);
        }
    }

    /// The products of one A with several B, computed by some of their panels, equal those with each B alone, to the
    /// bit.
    void severalMatricesAreTheSameAsEachAlone()
    {
        torch::manual_seed(2);
        constexpr std::int64_t depth = 50, parts = 3;
        for (const int bits : kernels::vectorWidths()) {
            kernels::useVectors(bits);
            for (const std::int64_t columns : {std::int64_t{1}, 3 * kernels::panelColumns() + 5})
                for (const std::int64_t rows : {1, 20}) {
                    const Tensor a = torch::randn({rows, depth}), b = torch::randn({parts * columns, depth});
                    Tensor together = torch::empty({rows, parts * columns}), alone = together.clone();
                    kernels::Product product{.rows = rows,
                                             .depth = depth,
                                             .columns = columns,
                                             .parts = parts,
                                             .bPartStride = columns * depth,
                                             .cPartStride = columns,
                                             .a = a.const_data_ptr<float>(),
                                             .aRowStride = depth,
                                             .b = b.const_data_ptr<float>(),
                                             .bRowStride = 1,
                                             .bColumnStride = depth,
                                             .c = together.mutable_data_ptr<float>(),
                                             .cStride = parts * columns};
                    kernels::Panels panels(kernels::packedFloats(product));
                    kernels::pack(product, panels.data(), 0, kernels::panelCount(columns));
                    for (std::int64_t panel = 0; panel < kernels::panelCount(columns); ++panel) {
                        const std::int64_t first = panel * kernels::panelColumns();
                        kernels::Product some = product;
                        some.columns = std::min(kernels::panelColumns(), columns - first);
                        some.c = product.c + first;
                        kernels::multiply(some, panels.data() + first * parts * depth, 0, rows);
                    }
                    for (std::int64_t part = 0; part < parts; ++part)
                        multiply(alone.narrow(1, part * columns, columns), a, b.narrow(0, part * columns, columns).t(),
                                 false);
                    QVERIFY(together.equal(alone));
                }
        }
    }

private:
    void agree(std::int64_t rows, std::int64_t depth, std::int64_t columns)
    {
        for (const bool transposed : {false, true})
            for (const bool bTransposed : {false, true})
                for (const bool accumulate : {false, true}) {
                    if (transposed && bTransposed)
                        continue; // such a product is not offered
                    const Tensor a = within(rows, depth, transposed), b = within(depth, columns, bTransposed);
                    const Tensor whole = torch::randn({rows + 2, columns + 3}), before = whole.clone();
                    const Tensor out = whole.narrow(0, 1, rows).narrow(1, 1, columns);
                    Tensor expected = a.to(torch::kFloat64).matmul(b.to(torch::kFloat64));
                    if (accumulate)
                        expected += out.to(torch::kFloat64);
                    multiply(out, a, b, accumulate);
                    const double error = (out.to(torch::kFloat64) - expected).abs().max().item<double>();
                    QVERIFY2(error < 1e-6 * static_cast<double>(depth + 10), qPrintable(QString::number(error)));
                    out.copy_(before.narrow(0, 1, rows).narrow(1, 1, columns));
                    QVERIFY(whole.equal(before)); // no number outside the product was written
                }
    }

    /// A [rows, columns] view of random numbers in a larger matrix, which may be transposed.
    static Tensor within(std::int64_t rows, std::int64_t columns, bool transposed)
    {
        if (transposed)
            return within(columns, rows, false).t();
        return torch::randn({rows + 1, columns + 5}).narrow(0, 1, rows).narrow(1, 2, columns);
    }

    /// Computes the product in two parts, as two threads would.
    static void multiply(const Tensor &out, const Tensor &a, const Tensor &b, bool accumulate)
    {
        const kernels::Product product{.rows = a.size(0),
                                       .depth = a.size(1),
                                       .columns = b.size(1),
                                       .a = a.const_data_ptr<float>(),
                                       .aRowStride = a.stride(0),
                                       .aDepthStride = a.stride(1),
                                       .b = b.const_data_ptr<float>(),
                                       .bRowStride = b.stride(0),
                                       .bColumnStride = b.stride(1),
                                       .c = out.mutable_data_ptr<float>(),
                                       .cStride = out.stride(0),
                                       .accumulate = accumulate};
        const auto panels = kernels::panelCount(product.columns);
        std::vector<float> packed(static_cast<std::size_t>(panels * kernels::panelColumns() * product.depth));
        const std::int64_t half = product.rows / 2;
        if (product.aDepthStride != 1) {
            kernels::multiplyTransposed(product, 0, half);
            kernels::multiplyTransposed(product, half, product.rows);
            return;
        }
        kernels::pack(product, packed.data(), 0, panels);
        kernels::multiply(product, packed.data(), 0, half);
        kernels::multiply(product, packed.data(), half, product.rows);
    }
};

QTEST_GUILESS_MAIN(ProductTest)
#include "core/model/torch.h"
#include "product_test.moc"
