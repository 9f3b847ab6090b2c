# Finds LibTorch and makes the target `libtorch`: its CPU half alone (torch_cpu, c10). find_package(Torch) of a
# CUDA build wants a CUDA toolkit at configure time; the CUDA half is loaded at run time instead (device/).
#
# LIBTORCH is a folder with lib/libtorch_cpu.so and include/ in it: an unpacked LibTorch zip, the `torch` folder
# of a Python installation, or what ./dev fetched.
set(LIBTORCH "" CACHE PATH "LibTorch's folder (with include/ and lib/ in it)")
if(NOT LIBTORCH)
    message(FATAL_ERROR "LIBTORCH is not set: build with ./dev build, which fetches LibTorch, or pass -DLIBTORCH=DIR, "
        "the folder of a LibTorch 2.11 with include/ and lib/ in it.")
endif()
foreach(needed lib/libtorch_cpu.so lib/libc10.so include/torch/csrc/api/include/torch/torch.h)
    if(NOT EXISTS ${LIBTORCH}/${needed})
        message(FATAL_ERROR "There is no LibTorch in ${LIBTORCH}: ${needed} is missing. "
            "LIBTORCH should be a folder with include/ and lib/ in it.")
    endif()
endforeach()

add_library(libtorch INTERFACE)
target_include_directories(libtorch SYSTEM INTERFACE
    ${LIBTORCH}/include ${LIBTORCH}/include/torch/csrc/api/include)
# Its include folder carries an fmt of its own: that one, header-only, and no other.
target_compile_definitions(libtorch INTERFACE FMT_HEADER_ONLY=1)
target_link_libraries(libtorch INTERFACE ${LIBTORCH}/lib/libtorch_cpu.so ${LIBTORCH}/lib/libc10.so)
target_link_options(libtorch INTERFACE -Wl,--allow-shlib-undefined)
